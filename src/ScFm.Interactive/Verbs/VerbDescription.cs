namespace ScFm.Interactive.Verbs;

/// <summary>A verb, for hosts that register it in a parser of their own.</summary>
/// <param name="Name">The verb.</param>
/// <param name="Help">What it does, in one sentence.</param>
/// <param name="ResultType">The type of its result; void where there is none.</param>
/// <param name="Options">Its options in their order, <c>--into</c> last where there is a result.</param>
public sealed record VerbDescription(string Name, string Help, Type ResultType, IReadOnlyList<OptionDescription> Options);
