using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>No cells at all, such as a validation part that could not be spared.</summary>
internal sealed class NoCells : IEncodableCells
{
    public static NoCells Instance { get; } = new();

    public int Count => 0;

    public string Identity => "none";

    public Tensor Embed(ReadOnlySpan<int> cells) => throw new InvalidOperationException("There are no cells; expected that nobody asks for them.");

    public int Tokens(int cell) => 0;
}
