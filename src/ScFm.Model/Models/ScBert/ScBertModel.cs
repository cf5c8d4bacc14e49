using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScBert;

/// <summary>An scBERT with the genes it knows: what is pretrained, saved, loaded and fine-tuned.</summary>
/// <remarks>Source: scBERT (Yang et al. 2022).</remarks>
/// <example><code>
/// var model = ScBertModel.Train(cells, ScBertOptions.Preset("tiny"));
/// Console.WriteLine(model.Report!.Summary);
/// cells.Obsm["X_scbert"] = model.Embed(cells);
/// </code></example>
public sealed partial class ScBertModel : IModel
{
    /// <summary>Joins a module and its genes.</summary>
    /// <exception cref="ArgumentException">The module is made for another number of genes.</exception>
    public ScBertModel(ScBertModule module, GeneVocabulary genes)
    {
        if (module.Genes != genes.Count)
        {
            throw new ArgumentException($"The module is made for {module.Genes} genes; expected {genes.Count}.");
        }
        (Module, Genes) = (module, genes);
    }

    /// <summary>The network.</summary>
    public ScBertModule Module { get; }

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => [Module];

    /// <summary>The genes, in the order of their tokens.</summary>
    public GeneVocabulary Genes { get; }

    /// <summary>The sizes.</summary>
    public ScBertConfig Config => Module.Config;

    /// <summary>The vectors that tell the genes apart before any cell is seen.</summary>
    /// <returns>In the order of the genes, [genes, width].</returns>
    /// <exception cref="InvalidOperationException">The model tells no genes apart.</exception>
    public DenseMatrix GeneVectors()
    {
        if (Config.GeneVectors == GeneVectorKind.None)
        {
            throw new InvalidOperationException("The scBERT has no vectors of genes, since it was made to tell none apart; expected learnt or given ones.");
        }
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        return new DenseMatrix(Genes.Count, Config.Width, Module.GeneVectors.narrow(0, 0, Genes.Count).cpu().contiguous().data<float>().ToArray());
    }

    /// <summary>How the cells it was last trained on were chosen; null where they were not taken from a <see cref="Corpus"/>.</summary>
    public Recipe? Recipe { get; private init; }

    /// <summary>How it was pretrained; null for a model that was made or loaded.</summary>
    public ScBertReport? Report { get; private init; }

    /// <summary>A model with random weights.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="genes">Genes.</param>
    /// <param name="vectors">The genes' vectors, where the sizes ask for given ones. Default: none.</param>
    /// <param name="seed">Seed of the weights. Default: 0.</param>
    /// <exception cref="ArgumentException">A gene has no vector.</exception>
    public static ScBertModel Create(ScBertConfig config, GeneVocabulary genes, GeneVectors? vectors = null, int seed = 0)
    {
        manual_seed(seed);
        var model = new ScBertModel(new ScBertModule(config, genes.Count), genes);
        if (vectors is not null)
        {
            using var scope = NewDisposeScope();
            model.Module.GiveVectors(tensor(vectors.Of(genes).Values).view(genes.Count, -1));
        }
        return model;
    }

    /// <summary>A model with the same weights, which can be trained apart.</summary>
    internal ScBertModel Copy()
    {
        var copy = new ScBertModel(new ScBertModule(Config, Genes.Count) { Precision = Module.Precision }, Genes) { Recipe = Recipe };
        copy.Module.load_state_dict(Module.state_dict());
        return copy;
    }

    /// <summary>One vector a cell: the mean of the states of its genes above bin 0 and of the appended token.</summary>
    /// <param name="cells">Cells with raw counts, of any source; they are read some at a time.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[cells, width], in the order of the cells.</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, or the source has no gene of the model.</exception>
    /// <remarks>A cell's vector does not depend on the cells it shares a batch with, unless <see cref="ScBertConfig.Compat"/> asks for the published code's numbers.</remarks>
    public DenseMatrix Embed(ICellSource cells, GeneAliases? aliases = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var embedding = new DenseMatrix(cells.CellCount, Config.Width);
        Module.eval();
        ScBertInference.Run(cells, Module, Genes, aliases, progress, cancellation, (batch, first) =>
        {
            var states = Module.Encode(batch);
            var counted = batch.Tokens.gt(0);
            counted.select(1, Module.Genes).fill_(true);
            var weights = counted.to(states.dtype).unsqueeze(-1);
            var means = ((states * weights).sum(1) / weights.sum(1)).cpu().contiguous();
            means.data<float>().CopyTo(embedding.Values, first * Config.Width);
        });
        return embedding;
    }
}
