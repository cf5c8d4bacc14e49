using ScFm.Model.Files;
using ScFm.Model.Models.ScFoundation;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>The largest absolute differences between the two sides' results for one cell and the same weights.</summary>
/// <param name="Embedding">Of the cell embedding.</param>
/// <param name="Expression">Of the predicted expression of all genes, T and S.</param>
/// <param name="Masked">Of the predicted expression of masked genes, as in training.</param>
internal sealed record Agreement(double Embedding, double Expression, double Masked)
{
    /// <summary>The preset that is compared.</summary>
    public const string Preset = "3m";

    private const double Tolerance = 1e-4;

    /// <summary>Compares with a file that agreement.py wrote.</summary>
    public static Agreement Compare(string path)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (tensors, _) = Safetensors.Read(path);
        var module = new ScFoundationModule(Presets.Find(Preset, Row.Genes));
        module.LoadPublished(tensors.Where(t => t.Key.StartsWith("state.", StringComparison.Ordinal)).ToDictionary(t => t.Key["state.".Length..], t => t.Value), path);
        module.eval();

        var values = tensors["cell"].data<float>().ToArray()[..Row.Genes];
        var whole = TokenBatch.Pack([new Cell(values).Tokens()], Row.Genes);
        var masked = TokenBatch.Pack([new Cell(values, tensors["masked"].data<bool>().ToArray()).Tokens()], Row.Genes);
        return new(
            Difference(Pooling.All.Pool(whole, module.Encode(whole)), tensors["embedding"]),
            Difference(module.call(whole), tensors["expression"]),
            Difference(module.call(masked), tensors["masked_expression"]));
    }

    /// <summary>This, where the sides compute the same.</summary>
    /// <exception cref="InvalidOperationException">They do not, so that their times say nothing.</exception>
    public Agreement Required() => Math.Max(Embedding, Math.Max(Expression, Masked)) <= Tolerance
        ? this
        : throw new InvalidOperationException($"The two sides differ, {this}; expected at most {Tolerance}.");

    private static double Difference(Tensor ours, Tensor theirs) => ours.shape.SequenceEqual(theirs.shape)
        ? (ours - theirs).abs().max().item<float>()
        : throw new InvalidOperationException($"Our result is [{string.Join(", ", ours.shape)}]; expected the peer's [{string.Join(", ", theirs.shape)}].");
}
