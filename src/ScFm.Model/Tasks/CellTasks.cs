using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Parts;
using ScFm.Model.Tasks.Annotation.Annotators;

namespace ScFm.Model.Tasks;

/// <summary>What models compute for every cell by itself: for cells in memory at once, or in parts for cells of any number.</summary>
/// <example><code>
/// var task = CellTasks.Embed(model);
/// cells.Obsm["X_scfm"] = task.Rows(cells, 0, null, default);
/// PartedRun.Run(task, CorpusStore.Open("blood.corpus"), "blood-vectors.h5ad");
/// </code></example>
public static class CellTasks
{
    /// <summary>One vector a cell.</summary>
    /// <param name="model">A scFoundation; a Geneformer, whose vector is the mean over genes of the second to last block; an scBERT, whose vector is the mean over expressed genes; a scGPT, whose vector is the state of &lt;cls&gt; at length 1; or an scVI, whose vector is its place in the latent space.</param>
    /// <param name="options">For a scFoundation: pooling, depth and what the cells are. Default: <see cref="EmbeddingOptions"/>'s defaults.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <exception cref="ArgumentException">The model embeds no cells, or options are given that are not for it.</exception>
    public static PartedTask Embed(IModel model, EmbeddingOptions? options = null, GeneAliases? aliases = null)
    {
        options ??= new();
        PartedTask Task(int width, RowsOfCells rows, string? wholeOnly = null) =>
            new() { Name = "embed", Model = model, Settings = options, Aliases = aliases, Width = width, Rows = rows, WholeOnly = wholeOnly };
        return model switch
        {
            ScFoundationModel scFoundation => Task(
                options.Pooling.Width(scFoundation.Config), (cells, _, progress, cancellation) => Embedding.Run(scFoundation, cells, options, aliases, progress, cancellation), WholeOnly(options.Input)),
            _ when options != new EmbeddingOptions() => throw new ArgumentException($"pool, depth and what the input is are for a scFoundation; the model is a {model.GetType().Name}."),
            GeneformerModel geneformer => Task(
                geneformer.Config.Width, (cells, _, progress, cancellation) => geneformer.Embed(cells, aliases: aliases, progress: progress, cancellation: cancellation)),
            ScBertModel scBert => Task(
                scBert.Config.Width, (cells, _, progress, cancellation) => scBert.Embed(cells, aliases, progress, cancellation),
                scBert.Config.Compat == Compat.Reference ? "The scBERT gives the published code's numbers, where a cell's vector depends on those beside it; expected Compat.Sensible, or cells in memory." : null),
            ScGptModel scGpt => Of(scGpt, aliases),
            ScGptClassifier types => Of(types.Model, aliases ?? types.Aliases),
            ScViModel scVi => Task(scVi.Module.Config.Latent, (cells, _, progress, cancellation) => scVi.Latent(cells, progress, cancellation)),
            _ => throw new ArgumentException($"A {model.GetType().Name} embeds no cells; expected a {nameof(ScFoundationModel)}, {nameof(GeneformerModel)}, {nameof(ScBertModel)}, {nameof(ScGptModel)} or {nameof(ScViModel)}.", nameof(model)),
        };
        PartedTask Of(ScGptModel scGpt, GeneAliases? names) =>
            Task(scGpt.Config.Width, (cells, _, progress, cancellation) => scGpt.Embed(cells, names, progress, cancellation)) with { Aliases = names };
    }

    /// <summary>Each cell's expression at another read depth: log1p of counts per 10,000 of the model's genes; see <see cref="Enhancement"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Depth, masking and what the cells are. Default: <see cref="EnhancementOptions"/>'s defaults.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    public static PartedTask Enhance(ScFoundationModel model, EnhancementOptions? options = null, GeneAliases? aliases = null)
    {
        options = Options.Validate(options ?? new());
        return new()
        {
            Name = "enhance",
            Model = model,
            Settings = options,
            Aliases = aliases,
            Genes = model.Vocabulary,
            Width = model.Vocabulary.Count,
            Rows = (cells, first, progress, cancellation) => Enhancement.Run(model, cells, options, aliases, progress, cancellation, first),
            WholeOnly = WholeOnly(options.Input),
        };
    }

    private static string? WholeOnly(InputOptions input) => input is { Compat: Compat.Reference, Kind: SampleKind.Bulk, Scale: ValueScale.Counts }
        ? "The published code brings bulk samples to the median total of all, so that each depends on the others; expected Compat.Sensible, or samples in memory."
        : null;
}
