using ScFm.Model.Cells;

namespace ScFm.Model.Corpora;

/// <summary>Finds and opens what a corpus is made of.</summary>
internal static class CorpusFiles
{
    private const string Extension = ".corpus";

    /// <summary>Opens a file or folder, or the corpus store of that name.</summary>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    public static CorpusSource Open(string name)
    {
        var path = File.Exists(name) || Directory.Exists(name) ? name : name + Extension;
        if (path != name && !Directory.Exists(path))
        {
            throw new FileNotFoundException($"There is no corpus '{name}': neither '{name}{Extension}' nor a file or folder '{name}'.", name);
        }
        return new CorpusSource(CellFiles.Open(path), Path.GetFileName(Path.TrimEndingDirectorySeparator(name)), path);
    }

    /// <summary>Finds the source that a recipe names: among those given by its identity, or by its path.</summary>
    /// <exception cref="InvalidDataException">It has no path and is not among those given.</exception>
    public static CorpusSource Find(OpenRecipe recipe, IReadOnlyList<ICellSource> given)
    {
        if (given.FirstOrDefault(cells => cells.CellCount == recipe.Cells && cells.Identity == recipe.Identity) is { } found)
        {
            return new CorpusSource(found, recipe.Name, recipe.Path);
        }
        return recipe.Path is { } path
            ? new CorpusSource(Open(path).Cells, recipe.Name, path) // under the recipe's name, which labels of the column "source" go by
            : throw new InvalidDataException($"The recipe's '{recipe.Name}' of {recipe.Cells} cells ({recipe.Identity}) was no file and is not among the {given.Count} sources given; expected the same cells again.");
    }
}
