namespace ScFm.Interactive.Verbs;

/// <summary>Describes a parameter of a verb.</summary>
/// <param name="help">What it is, with its unit.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public class OptionAttribute(string help) : Attribute
{
    /// <summary>What it is, with its unit.</summary>
    public string Help { get; } = help;

    /// <summary>True where the value may stand without its name. Default: false.</summary>
    public bool Positional { get; init; }

    /// <summary>The values that are allowed, where they are few. Default: any.</summary>
    public string[] Allowed { get; init; } = [];

    /// <summary>True where cells of a file are to stay in it until the verb asks for them. Default: false, they are loaded as the verb load does.</summary>
    public bool StaysInFile { get; init; }
}
