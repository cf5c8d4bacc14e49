using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Corpora.Store;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string CorpusEnding = ".corpus";

    /// <summary>Writes cells of one or more files as a corpus store, from which training reads any cell at once in little memory.</summary>
    /// <param name="inputs">Files and folders of cells, with commas; * and ? stand for any letters of a name.</param>
    /// <param name="into">The folder to make, NAME.corpus; a corpus in its place is replaced.</param>
    /// <param name="join">Where inputs have different genes: inner for those that all have, outer for those that any has. Default: inner.</param>
    /// <param name="vocabulary">A file of genes to keep, in their order. Default: all.</param>
    /// <param name="keepOrder">True to keep the order of the cells instead of shuffling them. Default: false.</param>
    /// <param name="seed">What the random order is drawn from. Default: 0.</param>
    /// <param name="values">The type of the values. Default: for each cell the smallest that changes nothing.</param>
    /// <param name="memory">Memory for values on their way, in MiB. Default: 256.</param>
    /// <exception cref="FileNotFoundException">There is no such input.</exception>
    /// <exception cref="InvalidDataException">An input is damaged, the inputs share no gene, or a value does not fit the type that was asked for.</exception>
    /// <exception cref="IOException">The disk is full, or the folder holds something else.</exception>
    [Verb("corpus build", "Writes cells of files as a corpus, shuffled, from which training reads in little memory.")]
    public static void CorpusBuild(
        [Option("files and folders of cells, with commas; * and ? stand for any letters", Positional = true)] string inputs,
        [Option("folder to make, NAME.corpus")] string into,
        [Option("where inputs have different genes: those that all have, or those that any has", Allowed = ["inner", "outer"])] string join = "inner",
        [Option("file of the genes to keep, in their order (default: all)")] string? vocabulary = null,
        [Option("keep the order of the cells instead of shuffling them")] bool keepOrder = false,
        [Option("seed of the random order")] int seed = 0,
        [Option("type of the values: the smallest that changes nothing, or one", Allowed = ["smallest", "uint8", "uint16", "uint32", "float16", "float32"])] string values = "smallest",
        [Option("memory for values on their way, in MiB")] int memory = 256)
    {
        if (!into.EndsWith(CorpusEnding, StringComparison.Ordinal))
        {
            throw new ArgumentException($"--into is '{into}'; expected a name that ends in {CorpusEnding}.", nameof(into));
        }
        var corpus = Corpus.Join([.. CorpusInputs(inputs, into).Select(Corpus.Open)], Enum.Parse<GeneJoin>(join, ignoreCase: true));
        if (Vocabulary(vocabulary) is { } genes)
        {
            corpus = corpus.SelectGenes(genes.Names);
        }
        foreach (var note in corpus.Notes)
        {
            Say(note);
        }
        var options = new StoreOptions { Shuffle = !keepOrder, Seed = seed, Values = Enum.Parse<StoredValues>(values, ignoreCase: true), Memory = memory };
        using var line = new ProgressLine("Building", corpus.CellCount);
        using var store = CorpusStore.Build(corpus, into, options, Cells(line), NotebookHost.Current.Cancellation);
        line.Complete(FormattableString.Invariant($"{store.ByteCount / 1e6:N1} MB"));
        Show(StoreView.Facts(store));
    }

    /// <summary>Says what a corpus store holds: cells, genes, values and their types, and the columns of obs.</summary>
    /// <param name="path">The folder, NAME.corpus.</param>
    /// <exception cref="FileNotFoundException">There is no such corpus.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    [Verb("corpus info", "Says what a corpus holds: cells, genes, values, and what is known of the cells.")]
    public static void CorpusInfo([Option("folder of the corpus, NAME.corpus", Positional = true)] string path)
    {
        using var store = CorpusStore.Open(path);
        Show(StoreView.Facts(store));
        if (store.ColumnNames.Count > 0)
        {
            Show(StoreView.Columns(store));
        }
    }

    /// <summary>Reads the whole of a corpus store and holds every file against its checksum.</summary>
    /// <param name="path">The folder, NAME.corpus.</param>
    /// <exception cref="FileNotFoundException">There is no such corpus.</exception>
    /// <exception cref="InvalidDataException">A file is missing, cut short or changed; the message names it.</exception>
    [Verb("corpus verify", "Reads a whole corpus and holds every file against its checksum.")]
    public static void CorpusVerify([Option("folder of the corpus, NAME.corpus", Positional = true)] string path)
    {
        using var store = CorpusStore.Open(path);
        using var line = new ProgressLine("Verifying", store.CellCount);
        store.Verify(Cells(line), NotebookHost.Current.Cancellation);
        line.Complete("every file is as it was written");
    }

    /// <summary>The files that a list with commas names, with * and ? in a file's name standing for any letters; in ordinal order where they do, and without the corpus that is made and what lies beside it while it is made.</summary>
    private static IEnumerable<string> CorpusInputs(string inputs, string into)
    {
        foreach (var input in Names(inputs))
        {
            if (input.AsSpan().IndexOfAny('*', '?') < 0)
            {
                yield return input;
                continue;
            }
            var folder = Path.GetDirectoryName(input) is { Length: > 0 } named ? named : ".";
            var made = Path.GetFullPath(into);
            string[] found = Directory.Exists(folder) ? [.. Directory.GetFileSystemEntries(folder, Path.GetFileName(input))
                .Where(file => Path.GetFullPath(file) is var path && path != made && !path.StartsWith(made + ".", StringComparison.Ordinal))] : [];
            if (found.Length == 0)
            {
                throw new FileNotFoundException($"'{input}' is the name of no file or folder; expected at least one.", input);
            }
            Array.Sort(found, StringComparer.Ordinal);
            foreach (var file in found)
            {
                yield return file;
            }
        }
    }
}
