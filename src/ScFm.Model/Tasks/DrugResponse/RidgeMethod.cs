using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>Drug and cell line effects, and for each drug a ridge regression of what these leave on the features of the cell lines.</summary>
/// <remarks>
/// The features of all tables, each on one scale, weigh as much as each other. The penalty is the one of a few that is best on the validation pairs. Of a drug without known pairs, the effect is told by the
/// structures of the others, with a penalty that is chosen by leaving whole drugs out.
/// </remarks>
public sealed class RidgeMethod : IResponseMethod
{
    private const int FewestPairs = 10;

    /// <inheritdoc/>
    public string Name => "ridge on the features";

    /// <inheritdoc/>
    public bool IsBaseline => true;

    /// <inheritdoc/>
    public string Settings => $"{Name}, penalties {Text(KernelRidge.Penalties)}; effects of new drugs by cosines of their atoms' means, penalties {Text(KernelRidge.Penalties)} or the mean of all";

    /// <inheritdoc/>
    public float[] Predict(ResponseProblem problem, ResponseSplit split, int seed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var responses = problem.Responses;
        var cells = KernelRidge.Products([.. problem.Tables.Select(table => table.Values)], [.. split.Training.Select(pair => responses.CellOfPair[pair]).Distinct()]);
        var truth = Array.ConvertAll(responses.ValuesOf(split.Validation), value => (double)value);
        var chosen = Fit(responses, Effects(responses, split.Training), split.Training, split.Validation, cells, KernelRidge.Penalties, cancellation);
        var best = Enumerable.Range(0, chosen.Length).MinBy(i => KernelRidge.SquaredError(chosen[i].Select(value => (double)value), truth));
        int[] known = [.. split.Training.Concat(split.Validation).Order()];
        var effects = Effects(responses, known);
        var predicted = Fit(responses, effects, known, split.Test, cells, [KernelRidge.Penalties[best]], cancellation)[0];
        AddLevels(predicted, problem, effects, known, split.Test);
        return predicted;
    }

    private static EffectFit Effects(DrugResponses responses, int[] pairs) => EffectFit.Of(responses, pairs, EffectsMethod.UsualShrinkage, withCells: true);

    /// <summary>The predictions of some pairs under each penalty; of a drug with few known pairs the effects alone.</summary>
    private static float[][] Fit(DrugResponses responses, EffectFit effects, int[] known, int[] wanted, Tensor cells, double[] penalties, CancellationToken cancellation)
    {
        var predicted = Array.ConvertAll(penalties, _ => Array.ConvertAll(wanted, pair => (float)effects.Predict(responses, pair)));
        var ofDrug = known.ToLookup(pair => responses.DrugOfPair[pair]);
        foreach (var drug in Enumerable.Range(0, wanted.Length).GroupBy(place => responses.DrugOfPair[wanted[place]]))
        {
            cancellation.ThrowIfCancellationRequested();
            int[] own = [.. ofDrug[drug.Key]], places = [.. drug];
            if (own.Length < FewestPairs)
            {
                continue;
            }
            int[] rows = Array.ConvertAll(own, pair => responses.CellOfPair[pair]), asked = Array.ConvertAll(places, place => responses.CellOfPair[wanted[place]]);
            var rest = Array.ConvertAll(own, pair => responses.Values[pair] - effects.Predict(responses, pair));
            for (var i = 0; i < penalties.Length; i++)
            {
                var more = KernelRidge.Predict(cells, rows, rest, asked, penalties[i]);
                for (var at = 0; at < places.Length; at++)
                {
                    predicted[i][places[at]] += (float)more[at];
                }
            }
        }
        return predicted;
    }

    /// <summary>Adds the effects of drugs of which no pair is known.</summary>
    private static void AddLevels(float[] predicted, ResponseProblem problem, EffectFit effects, int[] known, int[] wanted)
    {
        var responses = problem.Responses;
        int[] measured = [.. known.Select(pair => responses.DrugOfPair[pair]).Distinct().Order()], unseen = [.. wanted.Select(pair => responses.DrugOfPair[pair]).Distinct().Except(measured)];
        if (unseen.Length == 0)
        {
            return;
        }
        var levels = unseen.Zip(DrugLevels.Of(problem.Graphs, measured, Array.ConvertAll(measured, drug => effects.Drugs[drug]), unseen)).ToDictionary(drug => drug.First, drug => drug.Second);
        for (var i = 0; i < wanted.Length; i++)
        {
            predicted[i] += (float)levels.GetValueOrDefault(responses.DrugOfPair[wanted[i]]);
        }
    }

    private static string Text(IEnumerable<double> penalties) => string.Join(' ', penalties.Select(penalty => penalty.ToString(CultureInfo.InvariantCulture)));
}
