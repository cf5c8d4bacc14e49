using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Corpora.Store;
using ScFm.Model.Files;
using ScFm.Model.Models;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Hosting;

/// <summary>The objects of verbs as files: what a command line names, and what goes to ranks and comes back.</summary>
internal static class ObjectFiles
{
    private const string RecipeEnding = ".recipe.json";
    private const string CorpusEnding = ".corpus";

    /// <summary>The ending of a file for a result.</summary>
    public static string Ending(Type type) => type == typeof(AnnData) ? ".h5ad" : type == typeof(Table) ? ".tsv" : "";

    /// <summary>Reads cells, a model or a table, whichever a verb wants.</summary>
    /// <param name="type">The type that the verb wants; what the file holds may be another.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="isVariable">True for what <see cref="Write"/> wrote: its cells are taken as they are, those of a user's file judged and filtered as <c>load</c> does. Default: false.</param>
    public static object Read(Type type, string path, bool isVariable = false) => type switch
    {
        _ when type.IsAssignableTo(typeof(IModel)) => ModelFiles.Open(path),
        _ when type == typeof(Table) => TableFile.Read(path),
        _ when type == typeof(ICellSource) && CorpusStore.IsStore(path) => Corpus.Open(path),
        _ when type == typeof(ICellSource) && IsRecipe(path) => Replay(path),
        _ when type == typeof(object) && ModelFiles.IsModel(path) => ModelFiles.Open(path),
        _ => Cells(path, isVariable),
    };

    /// <summary>Cells in memory.</summary>
    /// <inheritdoc cref="Read"/>
    public static AnnData Cells(string path, bool isVariable) => isVariable ? AnnDataReader.Read(path, cancellation: NotebookHost.Current.Cancellation) : Verbs.Verbs.Load(path);

    /// <summary>True for a file of the recipe of a corpus.</summary>
    public static bool IsRecipe(string path) => path.EndsWith(RecipeEnding, StringComparison.Ordinal);

    /// <summary>The cells of such a recipe.</summary>
    public static Corpus Replay(string path) => Corpus.Replay(Recipe.FromJson(File.ReadAllText(path)));

    /// <summary>Writes an object so that <see cref="Read"/> gives the same: cells that lie in files are named by their recipe, not copied.</summary>
    /// <param name="value">Cells, a model or a table.</param>
    /// <param name="path">Where to, without an ending.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <returns>The file or folder.</returns>
    public static string Write(object value, string path, CancellationToken cancellation)
    {
        if (value is AnnData || value is not ICellSource cells)
        {
            path += Ending(value.GetType());
            Verbs.Verbs.Save(path, value);
            return path;
        }
        var corpus = cells as Corpus ?? Corpus.Of(cells, cells.Name);
        if (corpus.IsOfFiles)
        {
            AtomicFile.WriteText(path + RecipeEnding, corpus.Recipe.ToJson());
            return path + RecipeEnding;
        }
        CorpusStore.Build(corpus, path + CorpusEnding, new StoreOptions { Shuffle = false }, cancellation: cancellation).Dispose();
        return path + CorpusEnding;
    }
}
