namespace ScFm.Model.Tasks;

/// <summary>How far a study is.</summary>
/// <param name="Done">Results that are known.</param>
/// <param name="Total">Results in all.</param>
/// <param name="Next">What is worked on.</param>
public readonly record struct StudyStep(int Done, int Total, string Next);
