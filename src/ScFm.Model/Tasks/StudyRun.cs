namespace ScFm.Model.Tasks;

/// <summary>One result that a study asks for.</summary>
/// <param name="Study">The kind of study; with the name it names the file that keeps the result.</param>
/// <param name="Name">What is done, such as method and seed.</param>
/// <param name="Settings">All that the result depends on.</param>
/// <param name="Make">Makes it.</param>
internal sealed record StudyRun<TOutcome>(string Study, string Name, string Settings, Func<TOutcome> Make) where TOutcome : class;
