using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Metrics;
using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>The predicted response of every drug in every cell line, measured or not.</summary>
/// <param name="Responses">The measured pairs.</param>
/// <param name="Values">Predicted natural logarithm of the IC50, [drugs, cell lines].</param>
public sealed record ResponseMatrix(DrugResponses Responses, DenseMatrix Values)
{
    /// <summary>Asks a model for all pairs.</summary>
    /// <param name="problem">Drugs and cell lines.</param>
    /// <param name="model">The model, trained on the same tables.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public static ResponseMatrix Of(ResponseProblem problem, DeepCdrModel model, CancellationToken cancellation = default)
    {
        var (drugs, cells) = (problem.Responses.Drugs.Count, problem.Responses.Cells.Count);
        int[] drugOfPair = [.. Enumerable.Range(0, drugs * cells).Select(pair => pair / cells)];
        int[] cellOfPair = [.. Enumerable.Range(0, drugs * cells).Select(pair => pair % cells)];
        var values = model.Predict(problem.GraphsFor(model.Module.Config), [.. problem.Tables.Select(table => table.Values)], drugOfPair, cellOfPair, cancellation);
        return new ResponseMatrix(problem.Responses, new DenseMatrix(drugs, cells, values));
    }

    /// <summary>The pairs that were not measured, the lowest predicted IC50 first. Columns: drug (what it is called), cell_line, cancer_type, predicted.</summary>
    public Table Unseen()
    {
        var measured = new HashSet<(int, int)>();
        for (var pair = 0; pair < Responses.Count; pair++)
        {
            measured.Add((Responses.DrugOfPair[pair], Responses.CellOfPair[pair]));
        }
        var unseen = (from drug in Enumerable.Range(0, Values.Rows)
                      from cell in Enumerable.Range(0, Values.Columns)
                      where !measured.Contains((drug, cell))
                      orderby Values[drug, cell]
                      select (drug, cell)).ToArray();
        return new Table(
            new TextColumn("drug", [.. unseen.Select(pair => Responses.Titles[pair.drug])]),
            new TextColumn("cell_line", [.. unseen.Select(pair => Responses.Cells[pair.cell])]),
            new TextColumn("cancer_type", [.. unseen.Select(pair => Responses.CancerTypes[pair.cell])]),
            new NumberColumn("predicted", [.. unseen.Select(pair => (double)Values[pair.drug, pair.cell])], "F3"));
    }

    /// <summary>Gene sets that are high, or low, in the cell lines in which a drug's predicted IC50 is low.</summary>
    /// <param name="drug">The drug's name, or what else it is called.</param>
    /// <param name="features">A number a gene of the cell lines, such as expression or methylation of promoters.</param>
    /// <param name="sets">The gene sets.</param>
    /// <param name="geneOf">The gene of a feature's name; features of one gene are averaged. Default: what stands before the first underscore, as in GENE_chromosome_start_end.</param>
    /// <param name="options">How sets are looked for. Default: those of <see cref="PrerankOptions"/>.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>Genes are ranked by minus the correlation of feature and predicted IC50 over cell lines: those at the top are high where the drug acts strongly.</returns>
    /// <exception cref="KeyNotFoundException">There is no such drug, or a cell line has no features.</exception>
    /// <exception cref="ArgumentException">The features have no names, or no set has enough of their genes.</exception>
    public EnrichmentReport Enrichment(
        string drug, CellFeatures features, IReadOnlyList<GeneSet> sets, Func<string, string>? geneOf = null, PrerankOptions? options = null, CancellationToken cancellation = default)
    {
        if (features.Features is not { } names)
        {
            throw new ArgumentException($"The features of '{features.Name}' have no names; expected those of genes.", nameof(features));
        }
        geneOf ??= name => name.Split('_')[0];
        var rows = features.Of(Responses.Cells);
        var predicted = Values.Row(Responses.DrugNamed(drug)).ToArray();
        var (genes, scores) = (new List<string>(), new List<double>());
        foreach (var gene in Enumerable.Range(0, names.Count).GroupBy(feature => geneOf(names[feature])))
        {
            float[] means = [.. Enumerable.Range(0, rows.Rows).Select(cell => gene.Average(feature => rows[cell, feature]))];
            if (Correlation.Pearson<float>(means, predicted).Coefficient is var correlation && !double.IsNaN(correlation)) // a gene that is the same everywhere tells nothing
            {
                genes.Add(gene.Key);
                scores.Add(-correlation);
            }
        }
        return Prerank.Run(genes, scores, sets, options, cancellation);
    }
}
