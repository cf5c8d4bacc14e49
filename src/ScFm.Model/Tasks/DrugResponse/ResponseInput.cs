using ScFm.Model.Cells.Files;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>A problem with the split that is scored and what others predicted for it.</summary>
/// <param name="Problem">The pairs and what is known of drugs and cell lines.</param>
/// <param name="Split">The split of a seed: which pairs are scored, and with the seed which are validated on.</param>
/// <param name="Given">Predictions that were made elsewhere.</param>
/// <param name="About">The split in words.</param>
public sealed record ResponseInput(ResponseProblem Problem, Func<int, ResponseSplit> Split, IReadOnlyList<IResponseMethod> Given, string About)
{
    /// <summary>The published data with the published split and predictions.</summary>
    /// <param name="folder">The folder; see <see cref="PublishedResponses"/>.</param>
    /// <param name="features">A table that takes the place of methylation. Default: none.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the predictions are of other pairs.</exception>
    /// <exception cref="KeyNotFoundException">The table lacks a cell line.</exception>
    public static ResponseInput Open(string folder, string? features = null)
    {
        var data = PublishedResponses.Open(folder);
        (string Name, string File)[] published =
            [("published, expression", "published_baseline_predictions.npz"), ("published, scFoundation", "published_scfoundation_predictions.npz")];
        var predictions = published.Select(one => (one.Name, Values: PublishedResponses.ReadPredictions(Path.Combine(folder, one.File)))).ToArray();
        if (predictions.FirstOrDefault(one => !one.Values.Truth.AsSpan().SequenceEqual(predictions[0].Values.Truth)) is { Name: { } other })
        {
            throw new InvalidDataException($"The true values of '{other}' differ from those of '{predictions[0].Name}' in {folder}; expected the same pairs in the same order.");
        }
        var pairs = PublishedTestPairs.Find(data.Responses, predictions[0].Values.Truth);
        int[] test = [.. pairs.Where(pair => pair >= 0)];
        int[] available = [.. PublishedTestPairs.Ordered(data.Responses)];
        var scored = test.Select(Pair).ToHashSet();
        var twins = available.Except(test).Count(pair => scored.Contains(Pair(pair))); // some drugs were measured under two identifiers
        return new ResponseInput(
            new ResponseProblem(data.Responses, data.Graphs, features is null ? data.Methylation : CellFeatures.Read(features)),
            seed => ResponseSplit.Of("published", available, test, seed),
            [.. predictions.Select(one => new GivenMethod(one.Name, pairs.Zip(one.Values.Predicted).Where(pair => pair.First >= 0).ToDictionary(pair => pair.First, pair => pair.Second)))],
            $"the published one: {test.Length} of {pairs.Length} test pairs, found by their values and their order; the others train and validate, {twins} of which are another measurement of a scored pair");

        (int Drug, int Cell) Pair(int pair) => (data.Responses.DrugOfPair[pair], data.Responses.CellOfPair[pair]);
    }

    /// <summary>A problem of one's own, split by cancer type.</summary>
    /// <param name="responses">A table of ln IC50: a row a drug, a column a cell line; see <see cref="ResponseTable"/>.</param>
    /// <param name="features">A table of cell lines; cell lines that it lacks are an error.</param>
    /// <param name="drugs">A table of drugs with their SMILES; see <see cref="DrugTable"/>.</param>
    /// <param name="types">A table of cell lines and, in its second column, cancer types. Default: all are of one type.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="KeyNotFoundException">A drug has no SMILES, or a cell line no features.</exception>
    public static ResponseInput Read(string responses, string features, string drugs, string? types = null)
    {
        var typeOf = types is null ? null : TextTable.Read(types).Rows.ToDictionary(row => row[0], row => row.Length > 1 && row[1].Length > 0 ? row[1] : null);
        var pairs = ResponseTable.Read(responses, typeOfCell: cell => typeOf is null ? "all" : typeOf.GetValueOrDefault(cell));
        var structures = DrugTable.Read(drugs);
        return ByCancerType(new ResponseProblem(pairs, [.. pairs.Drugs.Select(drug => structures[drug])], CellFeatures.Read(features)));
    }

    /// <summary>A problem that was made in C#, split by cancer type.</summary>
    /// <param name="problem">The problem.</param>
    public static ResponseInput ByCancerType(ResponseProblem problem) => new(
        problem, seed => ResponseSplit.ByCancerType(problem.Responses, ResponseSplit.ScoredShare, seed), [], "of each cancer type a fifth of the pairs is scored, drawn anew for each seed");
}
