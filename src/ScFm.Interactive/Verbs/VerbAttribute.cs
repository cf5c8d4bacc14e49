namespace ScFm.Interactive.Verbs;

/// <summary>Marks a method of <see cref="Verbs"/> as a verb: its name and parameters are the magic command's and the command line's too.</summary>
/// <param name="name">The verb: one word, or two where several verbs share the first.</param>
/// <param name="help">What it does, in one sentence.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VerbAttribute(string name, string help) : Attribute
{
    /// <summary>The verb.</summary>
    public string Name { get; } = name;

    /// <summary>What it does, in one sentence.</summary>
    public string Help { get; } = help;

    /// <summary>The variable that a magic command puts the result in, unless --into names another; null where there is no result. Default: null.</summary>
    public string? Into { get; init; }

    /// <summary>True where networks compute, which --device can put on a card. Default: false.</summary>
    public bool OnDevice { get; init; }

    /// <summary>True where ranks may share the work: --devices starts them, and a launcher's variables are heeded. Default: false.</summary>
    public bool SharesRanks { get; init; }

    /// <summary>True where the verb's work is a training, which --memory keeps within a budget. Default: false.</summary>
    public bool Trains { get; init; }
}
