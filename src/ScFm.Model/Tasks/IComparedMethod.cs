namespace ScFm.Model.Tasks;

/// <summary>A method that a study sets beside others.</summary>
public interface IComparedMethod
{
    /// <summary>What tables and figures call it.</summary>
    string Name { get; }

    /// <summary>True for a known simple method, which any other has to beat. Default: false.</summary>
    bool IsBaseline => false;

    /// <summary>All its settings in words, so that a kept result is not taken for another.</summary>
    string Settings { get; }
}
