using ScFm.Model.Cells.Files;
using ScFm.Model.Molecules;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>The folder of DeepCDR's data as scFoundation publishes it: responses of the Genomics of Drug Sensitivity in Cancer, drugs' graphs, methylation of cell lines, published predictions.</summary>
/// <param name="Responses">The pairs of drugs that have a graph (by PubChem id) and cell lines that have methylation (by DepMap id).</param>
/// <param name="Graphs">Each drug's graph.</param>
/// <param name="Methylation">808 promoters of 561 cell lines.</param>
/// <remarks>Sources: Iorio et al. 2016 and Ghandi et al. 2019 (data), Liu et al. 2020 (graphs), Hao et al. 2024 (predictions).</remarks>
public sealed record PublishedResponses(DrugResponses Responses, IReadOnlyList<MoleculeGraph> Graphs, CellFeatures Methylation)
{
    /// <summary>Reads the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static PublishedResponses Open(string folder)
    {
        string In(string name) => Path.Combine(folder, name);
        var methylation = CellFeatures.Read(In("genomic_methylation_561celllines_808genes_demap_features.csv"), "methylation");
        var graphs = DrugGraphFile.Read(In("drug_graphs.npz")).ToDictionary(drug => drug.Name, drug => drug.Graph);
        var list = TextTable.Read(In("drug_list.csv"));
        var (id, pubChem, name) = (list.Find("drug_id"), list.Find("PubCHEM"), list.Find("Name"));
        var drugs = list.Rows.Where(row => graphs.ContainsKey(row[pubChem])).ToDictionary(row => row[id], row => row[pubChem]);
        var names = list.Rows.GroupBy(row => row[pubChem]).ToDictionary(rows => rows.Key, rows => rows.First()[name]);
        var types = TextTable.Read(In("Cell_lines_annotations_20181226.txt"));
        var cell = types.Find("depMapID");
        var typeOf = types.Rows.GroupBy(row => row[cell]).ToDictionary(rows => rows.Key, rows => rows.Last()[^1] is var type and not ("" or "NA" or "UNABLE TO CLASSIFY") ? type : null);
        var responses = ResponseTable.Read(
            In("GDSC_IC50.csv"),
            row => drugs.GetValueOrDefault(row[(row.IndexOf(':', StringComparison.Ordinal) + 1)..]),
            typeOf.GetValueOrDefault,
            line => methylation.Has(line) && typeOf.ContainsKey(line),
            drug => names[drug]);
        return new PublishedResponses(responses, [.. responses.Drugs.Select(drug => graphs[drug])], methylation);
    }

    /// <summary>True values and predictions that were published.</summary>
    /// <param name="path">An archive of two arrays, test and pred.</param>
    /// <exception cref="InvalidDataException">It has others, or they differ in length.</exception>
    public static (float[] Truth, float[] Predicted) ReadPredictions(string path)
    {
        using var archive = new NumpyArchive(path, "test and pred");
        var (truth, predicted) = (archive["test"].To(Convert.ToSingle), archive["pred"].To(Convert.ToSingle));
        return truth.Length == predicted.Length
            ? (truth, predicted)
            : throw new InvalidDataException($"{path} has {truth.Length} true values and {predicted.Length} predictions; expected as many.");
    }
}
