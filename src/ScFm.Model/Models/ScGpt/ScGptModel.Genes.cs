using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

public sealed partial class ScGptModel
{
    private const string EmbeddingName = "encoder.embedding.weight";

    /// <summary>The vectors of the genes before any cell is seen: those of their tokens.</summary>
    /// <returns>In the order of the vocabulary's genes, [genes, width].</returns>
    public DenseMatrix GeneVectors()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var tokens = tensor(Enumerable.Range(0, Vocabulary.Genes.Count).Select(place => (long)Vocabulary.TokenOf(place)).ToArray(), device: Module.Device);
        return new DenseMatrix(Vocabulary.Genes.Count, Config.Width, Module.TokenVectors.index_select(0, tokens).cpu().data<float>().ToArray());
    }

    /// <summary>The same model for some of its genes alone; of cells with these it says the same.</summary>
    /// <param name="genes">Names of genes, each once.</param>
    /// <exception cref="ArgumentException">The model knows none of them.</exception>
    public ScGptModel WithGenes(IReadOnlyCollection<string> genes)
    {
        int[] places = [.. genes.Select(Vocabulary.Genes.IndexOf).Where(place => place >= 0).Distinct()];
        if (places.Length == 0)
        {
            throw new ArgumentException($"The model knows none of the {genes.Count} genes asked for; expected some of its {Vocabulary.Genes.Count}, such as {string.Join(", ", Vocabulary.Genes.Names.Take(3))}.", nameof(genes));
        }
        var kept = Vocabulary.TokensWith(places);
        var model = Create(Config, Vocabulary.Select(kept), Types, batches, seed: 0);
        using var scope = NewDisposeScope();
        var state = Module.state_dict();
        state[EmbeddingName] = state[EmbeddingName].index_select(0, tensor(Array.ConvertAll(kept, token => (long)token), device: Module.Device));
        model.Module.load_state_dict(state);
        model.Module.eval();
        return model;
    }

    /// <summary>The same model for the genes that vary most among some cells.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="count">How many genes, 1 or more; fewer where the model knows fewer of the cells' genes.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The values are not raw counts, or the cells have no gene of the model.</exception>
    public ScGptModel WithVariableGenes(ICellSource cells, int count, GeneAliases? aliases = null, CancellationToken cancellation = default)
    {
        var source = Corpus.Of(cells);
        var target = GenePlaces.Of(source, Vocabulary.Genes, aliases).Target;
        var known = source.SelectGenes([.. source.VarNames.Where((_, gene) => target[gene] >= 0)]);
        var places = Array.FindAll(target, place => place >= 0);
        return WithGenes([.. VariableAmong(known, count, cancellation).Select(gene => Vocabulary.Genes.Names[places[gene]]).Distinct()]);
    }

    /// <summary>The vocabulary of a new model: genes that some cells express, or those of them that vary most.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="variable">How many of the most variable; null takes all.</param>
    /// <param name="leastCells">In how many cells a gene must be expressed; all of them where they are fewer.</param>
    /// <param name="cancellation">Stops the reading.</param>
    internal static ScGptVocabulary VocabularyOf(ICellSource cells, int? variable, int leastCells, CancellationToken cancellation)
    {
        var genes = GeneVocabulary.FromCells(cells, Enumerable.Range(0, cells.CellCount), Math.Min(leastCells, cells.CellCount), cancellation);
        if (variable is not { } count || count >= genes.Count)
        {
            return ScGptVocabulary.Of(genes);
        }
        var chosen = VariableAmong(Corpus.Of(cells).SelectGenes([.. genes.Names]), count, cancellation);
        return ScGptVocabulary.Of(new GeneVocabulary(chosen.Select(gene => genes.Names[gene]), genes.Ids is { } ids ? chosen.Select(gene => ids[gene]) : null));
    }

    private static int[] VariableAmong(Corpus cells, int count, CancellationToken cancellation) =>
        VariableGenes.Find(cells, new() { Flavour = VariableGeneFlavour.SeuratV3, Count = Math.Min(count, cells.GeneCount) }, cancellation: cancellation).Indices;
}
