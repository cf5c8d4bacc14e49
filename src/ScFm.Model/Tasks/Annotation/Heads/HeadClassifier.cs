using ScFm.Model.Cells;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>An encoder with a head that knows cell types.</summary>
/// <example><code>
/// using var classifier = HeadClassifier.FineTune(CellEncoders.Of(model), labelled, new HeadOptions { Tuned = HeadTuning.Lora });
/// var probabilities = classifier.Probabilities(others);
/// classifier.Save("types.safetensors");
/// </code></example>
public sealed partial class HeadClassifier : ICellClassifier
{
    private readonly TunedEncoder tuned;
    private readonly KnownTypes known;
    private readonly string encoderBefore; // the identity of the encoder before it was tuned

    internal HeadClassifier(TunedEncoder tuned, HeadModule head, KnownTypes known, HeadOptions options, string encoderBefore, ClassifierFit fit) =>
        (this.tuned, Head, this.known, Settings, this.encoderBefore, Fit) = (tuned, head, known, options, encoderBefore, fit);

    /// <inheritdoc/>
    public IReadOnlyList<string> Types => known.Types;

    /// <inheritdoc/>
    public ClassifierFit Fit { get; internal set; }

    /// <summary>How it was trained, as options; those of the file it was read from.</summary>
    public HeadOptions Settings { get; }

    /// <summary>The training run; null for a classifier that was read from a file.</summary>
    public TrainingRun? Run { get; internal init; }

    /// <summary>The encoder, tuned as it was asked for.</summary>
    public ICellEncoder Encoder => tuned.Encoder;

    /// <inheritdoc/>
    public GeneVocabulary Genes => Encoder.Genes;

    /// <summary>The head.</summary>
    public HeadModule Head { get; }

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => [Encoder.Module, Head];

    /// <inheritdoc/>
    /// <remarks>A type without a labelled cell has probability 0. A cell's row does not depend on the other cells.</remarks>
    public DenseMatrix Probabilities(ICellSource cells, CancellationToken cancellation = default)
    {
        var read = Encoder.Read(cells, cancellation);
        var probabilities = new DenseMatrix(read.Count, Types.Count);
        var first = 0;
        foreach (var vectors in KeptVectors.Blocks(Encoder, read, cancellation))
        {
            var found = OfSeen(vectors);
            for (var cell = 0; cell < vectors.Rows; cell++)
            {
                for (var type = 0; type < known.Count; type++)
                {
                    probabilities[first + cell, known.Seen[type]] = found[cell * known.Count + type];
                }
            }
            first += vectors.Rows;
        }
        return probabilities;
    }

    /// <summary>How likely each type with a labelled cell is, cell after cell.</summary>
    private float[] OfSeen(DenseMatrix vectors)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Head.eval();
        var given = tensor(vectors.Values, [vectors.Rows, vectors.Columns]).to(Head.parameters().First().device);
        return F.softmax(Head.call(given), 1).cpu().data<float>().ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Encoder.Name} with a head for {Types.Count} types: {string.Join(" ", Fit.Notes)}";

    /// <summary>Frees head, adapters and its copy of the encoder.</summary>
    public void Dispose()
    {
        Head.Dispose();
        tuned.Lora?.Dispose();
        Encoder.Module.Dispose();
    }
}
