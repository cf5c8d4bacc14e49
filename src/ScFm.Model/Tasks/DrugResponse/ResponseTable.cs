using System.Globalization;
using ScFm.Model.Cells.Files;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>Reads measured pairs from a table: a row a drug, a column a cell line.</summary>
public static class ResponseTable
{
    /// <summary>Reads the table.</summary>
    /// <param name="path">The file: .csv with commas, everything else with tabs; the first column names the drug, the header the cell lines. Empty fields and NA are pairs that were not measured.</param>
    /// <param name="drugNamed">The name of a row's drug, null to leave the row out; several rows may be of one drug, each of which is a screen of its own. Default: as it stands there.</param>
    /// <param name="typeOfCell">The cancer type of a cell line, null where it is not known; Default: not known.</param>
    /// <param name="keepCell">Whether a cell line is kept. Default: all are.</param>
    /// <param name="called">What a drug is called besides its name. Default: nothing else.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A value is no finite number, a cell line comes twice, or no pair is left.</exception>
    public static DrugResponses Read(string path, Func<string, string?>? drugNamed = null, Func<string, string?>? typeOfCell = null, Func<string, bool>? keepCell = null, Func<string, string>? called = null)
    {
        var table = TextTable.Read(path);
        int[] columns = [.. Enumerable.Range(1, table.Header.Count - 1).Where(column => keepCell?.Invoke(table.Header[column]) ?? true)];
        var drugs = new Dictionary<string, int>();
        var (drugOfPair, cellOfPair, screenOfPair, values, screen) = (new List<int>(), new List<int>(), new List<int>(), new List<float>(), -1);
        foreach (var row in table.Rows)
        {
            if ((drugNamed is null ? row[0] : drugNamed(row[0])) is not { } name)
            {
                continue;
            }
            drugs.TryAdd(name, drugs.Count);
            screen++;
            for (var cell = 0; cell < columns.Length; cell++)
            {
                var field = row[columns[cell]];
                if (field is not ("" or "NA"))
                {
                    drugOfPair.Add(drugs[name]);
                    cellOfPair.Add(cell);
                    screenOfPair.Add(screen);
                    values.Add(Number(field, path, row[0], table.Header[columns[cell]]));
                }
            }
        }
        if (values.Count == 0)
        {
            throw new InvalidDataException($"{path} has no pair of a drug and a cell line that are both known; expected the same names in all tables.");
        }
        string[] cells = [.. columns.Select(column => table.Header[column])];
        return cells.GroupBy(cell => cell).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new InvalidDataException($"{path} has {twice.Count()} columns for the cell line '{twice.Key}'; expected one.")
            : new DrugResponses([.. drugs.Keys], cells, [.. cells.Select(cell => typeOfCell?.Invoke(cell))], [.. drugOfPair], [.. cellOfPair], [.. values], [.. screenOfPair])
            {
                Titles = [.. drugs.Keys.Select(drug => called?.Invoke(drug) ?? drug)],
            };
    }

    private static float Number(string field, string path, string drug, string cell) =>
        float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
            ? value
            : throw new InvalidDataException($"{path} has '{field}' for the drug '{drug}' in the cell line '{cell}'; expected the finite logarithm of an IC50, or nothing.");
}
