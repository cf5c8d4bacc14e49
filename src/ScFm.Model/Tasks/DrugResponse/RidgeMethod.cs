using ScFm.Model.Cells;
using ScFm.Model.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>Drug and cell line effects, and for each drug a ridge regression of what these leave on the features of the cell lines.</summary>
/// <remarks>
/// The features of all tables, each on one scale, weigh as much as each other. The penalty is the one of a few that is best on the validation pairs. Of a drug without training pairs, the effect is a ridge
/// regression of the other drugs' effects on the means of their atoms' features.
/// </remarks>
public sealed class RidgeMethod : IResponseMethod
{
    private const int FewestPairs = 10;
    private static readonly double[] Penalties = [0.3, 1, 3, 10, 30, 100];

    /// <inheritdoc/>
    public string Name => "ridge on the features";

    /// <inheritdoc/>
    public string Settings => $"{Name}, penalties {string.Join(' ', Penalties.Select(penalty => penalty.ToString(System.Globalization.CultureInfo.InvariantCulture)))}";

    /// <inheritdoc/>
    public float[] Predict(ResponseProblem problem, ResponseSplit split, int seed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var cells = Kernel([.. problem.Tables.Select(table => table.Values)], [.. split.Train.Select(pair => problem.Responses.CellOfPair[pair]).Distinct()]);
        var truth = problem.Responses.ValuesOf(split.Validation);
        var validated = Fit(problem, split.Train, split.Validation, cells, Penalties, cancellation);
        var best = Enumerable.Range(0, Penalties.Length).MinBy(i => validated[i].Zip(truth, (predicted, value) => (predicted - value) * (predicted - value)).Sum());
        return Fit(problem, [.. split.Train.Concat(split.Validation).Order()], split.Test, cells, [Penalties[best]], cancellation)[0];
    }

    /// <summary>The predictions of some pairs under each penalty.</summary>
    private static float[][] Fit(ResponseProblem problem, int[] training, int[] wanted, Tensor cells, double[] penalties, CancellationToken cancellation)
    {
        var responses = problem.Responses;
        var fit = EffectFit.Of(responses, training, EffectsMethod.UsualShrinkage, withCells: true);
        var predicted = Array.ConvertAll(penalties, _ => Array.ConvertAll(wanted, pair => (float)fit.Predict(responses, pair)));
        var ofDrug = training.ToLookup(pair => responses.DrugOfPair[pair]);
        foreach (var places in Enumerable.Range(0, wanted.Length).GroupBy(i => responses.DrugOfPair[wanted[i]]))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            int[] own = [.. ofDrug[places.Key]];
            if (own.Length == 0)
            {
                Add(places, UnseenDrug(problem, fit, ofDrug, places.Key, penalties));
            }
            else if (own.Length >= FewestPairs)
            {
                var rows = tensor(Array.ConvertAll(own, pair => (long)responses.CellOfPair[pair]));
                var asked = tensor(places.Select(i => (long)responses.CellOfPair[wanted[i]]).ToArray());
                var rest = tensor(Array.ConvertAll(own, pair => responses.Values[pair] - fit.Predict(responses, pair))).unsqueeze(1);
                var among = cells.index_select(0, rows);
                Add(places, Solved(among.index_select(1, rows), among.index_select(1, asked), rest, penalties));
            }
        }
        return predicted;

        void Add(IEnumerable<int> places, double[][] more)
        {
            for (var i = 0; i < penalties.Length; i++)
            {
                foreach (var (place, at) in places.Select((place, at) => (place, at)))
                {
                    predicted[i][place] += (float)more[i][at % more[i].Length];
                }
            }
        }
    }

    /// <summary>The effect of a drug of which no pair is known, under each penalty.</summary>
    private static double[][] UnseenDrug(ResponseProblem problem, EffectFit fit, ILookup<int, int> ofDrug, int drug, double[] penalties)
    {
        int[] known = [.. ofDrug.Select(pairs => pairs.Key)];
        var kernel = Kernel([AtomMeans(problem)], known);
        var (rows, asked) = (tensor(Array.ConvertAll(known, other => (long)other)), tensor(new[] { (long)drug }));
        var among = kernel.index_select(0, rows);
        return Solved(among.index_select(1, rows), among.index_select(1, asked), tensor(Array.ConvertAll(known, other => fit.Drugs[other])).unsqueeze(1), penalties);
    }

    private static double[][] Solved(Tensor among, Tensor asked, Tensor values, double[] penalties) => Array.ConvertAll(penalties, penalty =>
        asked.transpose(0, 1).mm(linalg.solve(among + eye(among.shape[0], dtype: float64) * penalty, values)).flatten().data<double>().ToArray());

    /// <summary>Inner products of rows on one scale, over the number of features, [rows, rows].</summary>
    private static Tensor Kernel(IReadOnlyList<DenseMatrix> tables, int[] known)
    {
        var sum = zeros(tables[0].Rows, tables[0].Rows, float64);
        foreach (var table in tables)
        {
            var rows = tensor(FeatureScale.Of(table, known).Apply(table).Values, [table.Rows, table.Columns]).to(float64);
            sum += rows.mm(rows.transpose(0, 1)) / table.Columns;
        }
        return sum / tables.Count;
    }

    private static DenseMatrix AtomMeans(ResponseProblem problem)
    {
        var means = new DenseMatrix(problem.Graphs.Count, problem.Graphs[0].Features.Columns);
        for (var drug = 0; drug < means.Rows; drug++)
        {
            var features = problem.Graphs[drug].Features;
            for (var atom = 0; atom < features.Rows; atom++)
            {
                for (var feature = 0; feature < features.Columns; feature++)
                {
                    means[drug, feature] += features[atom, feature] / features.Rows;
                }
            }
        }
        return means;
    }
}
