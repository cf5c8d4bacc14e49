using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Reads a model of whatever kind that was saved, or a published checkpoint.</summary>
    /// <param name="path">The folder or file that a model was saved to, or a published checkpoint.</param>
    /// <param name="key">The version, where there are several: gene, cell or rde. Default: the only one.</param>
    /// <param name="vocabulary">The genes in the order of training, where the file does not hold them. Default: those in the file.</param>
    [Verb("open", "Reads a model that was saved.", Into = "model")]
    public static IModel OpenModel(
        [Option("folder or file that a model was saved to, or a published checkpoint", Positional = true)] string path,
        [Option("version, where there are several (default: the only one)", Allowed = ["gene", "cell", "rde"])] string? key = null,
        [Option("file of the genes in the order of training (default: those in the file)")] string? vocabulary = null) =>
        ModelFiles.Open(path, key, Vocabulary(vocabulary));

    /// <summary>Reads a scFoundation that was saved, or a published one; the same as <see cref="OpenModel"/>, for who knows what it is.</summary>
    /// <exception cref="InvalidDataException">The file holds a model of another kind.</exception>
    public static ScFoundationModel Open(string path, string? key = null, string? vocabulary = null) =>
        OpenModel(path, key, vocabulary) is var model && model is ScFoundationModel known
            ? known
            : throw new InvalidDataException($"'{path}' holds a {model.GetType().Name}; expected a {nameof(ScFoundationModel)}.");

    /// <summary>Writes cells as .h5ad, a model as a folder or file, or a table as its ending says: .csv, .tsv, .json or .html.</summary>
    /// <param name="path">The file or folder to write.</param>
    /// <param name="value">Cells, a model or a table.</param>
    /// <exception cref="ArgumentException">It is something else, or a table's file has another ending.</exception>
    [Verb("save", "Writes cells as .h5ad, a model, or a table.")]
    public static void Save(
        [Option("file or folder to write", Positional = true)] string path,
        [Option("cells, a model or a table")] object value)
    {
        switch (value)
        {
            case AnnData cells:
                AnnDataWriter.Write(cells, path);
                break;
            case IModel model:
                model.Save(path);
                break;
            case Table table:
                table.Save(path);
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} cannot be saved; expected cells, a model or a table.");
        }
    }

    /// <summary>True for the types that <see cref="Save"/> writes.</summary>
    internal static bool IsSaved(Type type) => type == typeof(AnnData) || type == typeof(Table) || type.IsAssignableTo(typeof(IModel));
}
