using System.Globalization;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>The predictions that scFoundation publishes of its runs of SCAD, cell by cell.</summary>
/// <remarks>Source: Hao et al. 2024. Of each drug there is a run on expression and one on embeddings; the files are named by settings, and the commands that are published with them say which are those of expression.</remarks>
public static class PublishedSensitivity
{
    private const string Ending = "_predicted_y.tsv";
    private const string Expression = "published, expression";
    private const string Embedding = "published, scFoundation";

    private static readonly string[] OnExpression =
    [
        "Sorafenib/hdim512_zdim128_lr0.001_epoch20_lambda15.0_mbS8_mbT8_seed42",
        "NVP-TAE684/hdim1024_zdim128_lr0.001_epoch10_lambda12.0_mbS8_mbT8_seed42",
        "PLX4720_451Lu/hdim512_zdim256_lr0.001_epoch100_lambda11.0_mbS8_mbT8_seed42",
        "Etoposide/hdim512_zdim128_lr0.001_epoch10_lambda12.0_mbS8_mbT8_seed42",
    ];

    /// <summary>Reads and scores all runs of a folder.</summary>
    /// <param name="folder">The folder: one folder a drug with its runs' files, whose lines are fold, cell, label and probability.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It has no runs, or a line is none of these.</exception>
    public static SensitivityStudy Read(string folder)
    {
        var outcomes = Directory.GetDirectories(folder).Order(StringComparer.Ordinal)
            .SelectMany(drug => Directory.GetFiles(drug, "*" + Ending).Select(file => (Drug: Path.GetFileName(drug), File: file, Method: MethodOf(Path.GetFileName(drug), file))))
            .OrderBy(run => run.Drug, StringComparer.Ordinal).ThenBy(run => run.Method, StringComparer.Ordinal).SelectMany(run => Run(run.Drug, run.Method, run.File)).ToArray();
        return outcomes.Length > 0 ? new SensitivityStudy(outcomes) : throw new InvalidDataException($"'{folder}' has no folder with a file *{Ending}; expected one folder a drug.");
    }

    private static string MethodOf(string drug, string file) => OnExpression.Contains($"{drug}/{Path.GetFileName(file)[..^Ending.Length]}") ? Expression : Embedding;

    private static IEnumerable<SensitivityOutcome> Run(string drug, string method, string file) =>
        File.ReadLines(file).Select((line, number) => Line(file, number, line)).GroupBy(line => line.Fold).Select((fold, number) =>
            SensitivityStudy.Outcome(drug, method, 42, number, [.. fold.Select(line => line.Cell)], [.. fold.Select(line => line.Label)], [.. fold.Select(line => line.Predicted)]));

    private static (string Fold, string Cell, bool Label, float Predicted) Line(string file, int number, string line) =>
        line.Split('\t') is [var fold, var cell, "0" or "1", var text] fields && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var predicted)
            ? (fold, cell, fields[2] == "1", predicted)
            : throw new InvalidDataException($"Line {number + 1} of {file} is '{line}'; expected fold, cell, label 0 or 1 and probability, with tabs between.");
}
