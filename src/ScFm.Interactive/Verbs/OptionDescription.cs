namespace ScFm.Interactive.Verbs;

/// <summary>An option of a verb, for hosts that register it in a parser of their own.</summary>
/// <param name="Name">As it is typed: <c>--min-genes</c>, or <c>path</c> where the value stands without a name.</param>
/// <param name="Help">What it is, with its unit and default.</param>
/// <param name="Type">The type of the value in code: bool for a flag; cells or a model for the name of a variable.</param>
/// <param name="Required">True where the verb cannot do without it.</param>
/// <param name="Positional">True where the value stands without its name.</param>
/// <param name="Allowed">The values that are allowed, where they are few; otherwise empty.</param>
public sealed record OptionDescription(string Name, string Help, Type Type, bool Required, bool Positional, IReadOnlyList<string> Allowed)
{
    /// <summary>True where the value is the name of a variable that holds cells or a model.</summary>
    public bool NamesVariable => !Type.IsValueType && Type != typeof(string);
}
