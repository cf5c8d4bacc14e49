using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Cells.Files;

namespace ScFm.Model.Models.ScBert;

/// <summary>A vector for each of some genes, such as gene2vec's 200 numbers.</summary>
/// <remarks>Source: gene2vec (Du et al. 2019), whose vectors scBERT adds to its tokens.</remarks>
public sealed class GeneVectors
{
    private static readonly char[] separators = [',', '\t', ' '];

    private readonly Dictionary<string, int> rowOf;
    private readonly DenseMatrix values;

    /// <summary>Joins genes and vectors.</summary>
    /// <param name="genes">The names, each once.</param>
    /// <param name="values">A row each, [genes, width].</param>
    /// <exception cref="ArgumentException">There are not as many rows as genes, a gene stands twice, or a number is not finite.</exception>
    public GeneVectors(IReadOnlyList<string> genes, DenseMatrix values)
    {
        (Genes, this.values) = (genes, values);
        if (values.Rows != genes.Count)
        {
            throw new ArgumentException($"There are {values.Rows} vectors; expected {genes.Count}, one a gene.");
        }
        if (values.FirstNotFinite() is var (row, column))
        {
            throw new ArgumentException(FormattableString.Invariant($"The vector of {genes[row]} holds {values[row, column]}; expected finite numbers."));
        }
        rowOf = new Dictionary<string, int>(genes.Count, StringComparer.Ordinal);
        foreach (var gene in genes)
        {
            if (!rowOf.TryAdd(gene, rowOf.Count))
            {
                throw new ArgumentException($"The gene '{gene}' has two vectors; expected one.");
            }
        }
    }

    /// <summary>The genes, in the order of the file.</summary>
    public IReadOnlyList<string> Genes { get; }

    /// <summary>Numbers of a vector.</summary>
    public int Width => values.Columns;

    /// <summary>Changes with any gene or number.</summary>
    internal string Identity => Fingerprint.Of(hash => hash.Add([.. Genes]).Add<float>(values.Values));

    /// <summary>True where the gene has a vector.</summary>
    public bool Has(string gene) => rowOf.ContainsKey(gene);

    /// <summary>The vectors of a vocabulary's genes in its order, [genes, width].</summary>
    /// <exception cref="ArgumentException">Genes have none; the message counts them.</exception>
    public DenseMatrix Of(GeneVocabulary vocabulary)
    {
        string[] missing = [.. vocabulary.Names.Where(name => !Has(name))];
        return missing.Length == 0
            ? values.SelectRows([.. vocabulary.Names.Select(name => rowOf[name])])
            : throw new ArgumentException($"{missing.Length} of the {vocabulary.Count} genes have no vector ({string.Join(", ", missing.Take(4))}{(missing.Length > 4 ? ", ..." : "")}); expected one for each.");
    }

    /// <summary>Reads vectors: text with a gene and its numbers a line, separated by commas, tabs or spaces and gzipped or not, or a .npy array of a row a gene.</summary>
    /// <param name="path">The file. Of text a first line that holds no vector, such as word2vec's "genes width" or a header, is passed over.</param>
    /// <param name="genes">The genes of the rows of a .npy array, which has no names. Default: none.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file holds no vectors; the message says what is wrong.</exception>
    public static GeneVectors Read(string path, GeneVocabulary? genes = null)
    {
        try
        {
            return DataFile.FormatName(path).EndsWith(".npy", StringComparison.Ordinal) ? ReadArray(path, genes) : ReadText(path);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{path}' holds no vectors of genes: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Genes.Count:N0} vectors of {Width} ({Identity})";

    private static GeneVectors ReadArray(string path, GeneVocabulary? genes)
    {
        if (genes is null)
        {
            throw new ArgumentException("an array has no names; expected the vocabulary that its rows follow beside it.");
        }
        using var stream = DataFile.Open(path);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var array = NumpyArray.Parse(content.ToArray(), path);
        var values = array.To(value => (float)value);
        return array is { Shape: [var rows, var columns], IsColumnMajor: false } && values.LongLength == (long)rows * columns
            ? new GeneVectors(genes.Names, new DenseMatrix(rows, columns, values))
            : throw new ArgumentException($"it is an array [{string.Join(", ", array.Shape)}] of {values.LongLength} numbers; expected [genes, width], row by row.");
    }

    private static GeneVectors ReadText(string path)
    {
        var (names, numbers, width, line) = (new List<string>(), new List<float>(), 0, 0);
        foreach (var text in DataFile.ReadLines(path))
        {
            line++;
            var fields = text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (fields.Length == 0 || (line == 1 && IsHeader(text, fields)))
            {
                continue;
            }
            width = width == 0 ? fields.Length - 1 : width;
            if (fields.Length != width + 1 || width == 0)
            {
                throw new ArgumentException($"line {line} has {fields.Length - 1} numbers; expected {Math.Max(1, width)} behind the gene's name.");
            }
            names.Add(fields[0].Trim('"'));
            numbers.AddRange(fields[1..].Select(field => float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new ArgumentException($"line {line} holds '{field}'; expected a number.")));
        }
        return names.Count > 0
            ? new GeneVectors(names, new DenseMatrix(names.Count, width, [.. numbers]))
            : throw new ArgumentException("it has no line with a vector; expected one a gene.");
    }

    /// <summary>True for word2vec's sizes, for names of columns, and for numbers of columns, before which the genes' own column has no name.</summary>
    private static bool IsHeader(string text, string[] fields) =>
        fields.Length == 2 || !double.TryParse(fields[^1], CultureInfo.InvariantCulture, out _) || text[0] is ',' or '\t'
        || fields.Select((field, column) => field == column.ToString(CultureInfo.InvariantCulture)).All(isCounted => isCounted);
}
