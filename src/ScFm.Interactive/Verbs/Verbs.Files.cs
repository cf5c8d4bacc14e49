using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Reads a model that was saved.</summary>
    /// <param name="path">The folder.</param>
    [Verb("open", "Reads a model that was saved.", Into = "model")]
    public static ScFoundationModel Open([Option("folder that a model was saved to", Positional = true)] string path) => ScFoundationModel.Load(path);

    /// <summary>Writes cells as .h5ad or a model as a folder.</summary>
    /// <param name="path">The file or folder to write.</param>
    /// <param name="value">Cells or a model.</param>
    [Verb("save", "Writes cells as .h5ad, or a model as a folder.")]
    public static void Save(
        [Option("file or folder to write", Positional = true)] string path,
        [Option("cells or a model")] object value)
    {
        switch (value)
        {
            case AnnData cells:
                AnnDataWriter.Write(cells, path);
                break;
            case ScFoundationModel model:
                model.Save(path);
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} cannot be saved; expected cells or a model.");
        }
    }
}
