using ScFm.Model.Training;

namespace ScFm.Interactive.Hosting;

/// <summary>What a verb or a display may ask of the place it runs in: a notebook kernel or a terminal.</summary>
public interface INotebookHost
{
    /// <summary>Fires when the user interrupts the running cell.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>True in a notebook, false in a terminal.</summary>
    bool IsNotebook { get; }

    /// <summary>The ranks that share a verb's work; null where this process works alone. Default: null.</summary>
    TrainingRanks? Ranks => null;

    /// <summary>Shows something; the returned handle replaces it in place.</summary>
    IDisplay Display(MimeBundle content);

    /// <summary>Reads a variable of the notebook.</summary>
    bool TryGetVariable(string name, out object? value);

    /// <summary>Creates or replaces a typed variable of the notebook.</summary>
    void SetVariable(string name, object value, Type type);
}
