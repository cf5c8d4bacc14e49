using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>Cells as an encoder reads them.</summary>
public interface IEncodableCells
{
    /// <summary>Number of cells.</summary>
    int Count { get; }

    /// <summary>Changes with any count.</summary>
    string Identity { get; }

    /// <summary>The vectors of some cells, with a gradient where the encoder's parameters want one.</summary>
    /// <param name="cells">Which cells.</param>
    /// <returns>[cells, width], float32.</returns>
    Tensor Embed(ReadOnlySpan<int> cells);

    /// <summary>Tokens that the encoder reads of a cell.</summary>
    int Tokens(int cell);
}
