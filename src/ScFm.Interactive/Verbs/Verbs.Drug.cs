using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;
using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.DrugResponse;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string DeepCdrName = "DeepCDR";

    /// <summary>Predicts drug responses of cell lines by a drug's mean, drug and cell line effects, ridge and DeepCDR, and scores each over all pairs, within drugs and within cancer types.</summary>
    /// <param name="responses">A table of ln IC50 (a row a drug, a column a cell line), or the folder of the published data, whose split and predictions are then used.</param>
    /// <param name="features">A table of cell lines, a row each, its name first: expression, methylation, an embedding. Not for the published folder, which has methylation.</param>
    /// <param name="drugs">A table of drugs: name and a column smiles. Not for the published folder, which has graphs.</param>
    /// <param name="types">A table of cell lines and, in its second column, cancer types. Default: all lines are of one type.</param>
    /// <param name="leaveOut">Drugs that are each left out in turn, separated by commas; they are scored instead of the split.</param>
    /// <param name="seeds">Repetitions. Default: 3.</param>
    /// <param name="epochs">Largest number of passes of DeepCDR. Default: 40.</param>
    /// <param name="batchSize">Pairs in a step of DeepCDR. Default: 256.</param>
    /// <param name="folder">Where results and report are written; what is there already is not computed again. Default: drug-response.</param>
    [Verb("drug", "Compares how well methods predict the responses of cell lines to drugs.", Into = "study", OnDevice = true)]
    public static DrugResponseStudy Drug(
        [Option("table of ln IC50, a row a drug and a column a cell line, or the folder of the published data")] string responses,
        [Option("table of cell lines, a row each, its name first (default: the published methylation)")] string? features = null,
        [Option("table of drugs, the name first, with a column smiles (default: the published graphs)")] string? drugs = null,
        [Option("table of cell lines with their cancer types in the second column (default: one type)")] string? types = null,
        [Option("drugs that are each left out in turn, separated by commas (default: a split by cancer type)")] string? leaveOut = null,
        [Option(SeedsHelp)] int seeds = 3,
        [Option("largest number of passes of DeepCDR")] int epochs = 40,
        [Option("pairs in a step of DeepCDR")] int batchSize = 256,
        [Option(FolderHelp)] string folder = "drug-response")
    {
        var input = Directory.Exists(responses) ? ResponseInput.Open(responses, features) : ResponseInput.Read(responses, Named(features, "features"), Named(drugs, "drugs"), types);
        var options = new DeepCdrOptions { Epochs = epochs, BatchSize = batchSize };
        return Drug(input, options, leaveOut?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), seeds, folder);
    }

    private static string Named(string? file, string option) =>
        file ?? throw new VerbException($"--{option} is not given; expected a file, since --responses is no folder of published data.");

    /// <summary>The same for a problem made in C#.</summary>
    /// <param name="input">The pairs, what is known of drugs and cell lines, and the split.</param>
    /// <param name="options">How DeepCDR is trained. Default: its own.</param>
    /// <param name="leaveOut">Drugs that are each left out in turn and scored instead of the split. Default: none.</param>
    /// <param name="seeds">Repetitions. Default: 3.</param>
    /// <param name="folder">Where results and report are written. Default: drug-response.</param>
    public static DrugResponseStudy Drug(ResponseInput input, DeepCdrOptions? options = null, IReadOnlyList<string>? leaveOut = null, int seeds = 3, string folder = "drug-response")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        var host = NotebookHost.Current;
        options ??= new();
        var responses = input.Problem.Responses;
        var left = leaveOut is { Count: > 0 } ? leaveOut : null;
        var splits = Enumerable.Range(0, seeds).SelectMany(seed => left is null
            ? [(seed, input.Split(seed))]
            : left.Select(drug => (seed, ResponseSplit.WithoutDrug(responses, drug, seed)))).ToArray();
        var screenedAgain = left is null && responses.ScreenCount > responses.Drugs.Count;
        IResponseMethod[] methods =
        [
            new EffectsMethod(withCells: false), new EffectsMethod(withCells: true), .. screenedAgain ? [new EffectsMethod(withCells: true, ofScreens: true)] : Array.Empty<IResponseMethod>(),
            new RidgeMethod(), new DeepCdrMethod(options, DeepCdrName), .. left is null ? input.Given : [],
        ];
        using var progress = new StudyProgress("Predicting responses", host);
        var study = DrugResponseStudy.Run(input.Problem, splits, methods, new ResultStore(folder), progress, host.Cancellation);
        var effects = methods.OfType<EffectsMethod>().Last().Name; // the most that is known without an interaction
        Present(DrugResponseReport.Of(study, input, left is null ? input.About : About(left), options, DeepCdrName, effects, seeds), folder, "drug-response");
        return study;
    }

    private static string About(IReadOnlyList<string> left) =>
        (left.Count == 1 ? $"{left[0]} is left out with all its pairs" : $"{string.Join(", ", left)} are left out in turn, each with all its pairs") + ", which are scored; a twentieth of the others validates";
}
