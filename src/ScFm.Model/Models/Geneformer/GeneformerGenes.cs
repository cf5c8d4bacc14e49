using ScFm.Model.Cells;
using ScFm.Model.Cells.Files;

namespace ScFm.Model.Models.Geneformer;

/// <summary>The genes a Geneformer knows, and what it divides each gene's expression by: the median of its values that are not zero, over a corpus.</summary>
/// <remarks>Source: Geneformer (Theodoris et al. 2023), Methods, "Rank value encoding of transcriptomes".</remarks>
public sealed class GeneformerGenes
{
    /// <summary>The token of padding; never read, since cells are packed.</summary>
    public const int PaddingToken = 0;

    /// <summary>The token that stands for one that is to be predicted.</summary>
    public const int MaskToken = 1;

    /// <summary>The token of the first gene; the others follow in the vocabulary's order.</summary>
    public const int FirstGene = 2;

    private const string PaddingName = "<pad>";
    private const string MaskName = "<mask>";

    private readonly double[] medians;

    /// <summary>Joins genes and their medians.</summary>
    /// <param name="vocabulary">The genes, in the order of their tokens.</param>
    /// <param name="medians">The median of each, in counts per 10,000; above 0.</param>
    /// <exception cref="ArgumentException">There are not as many medians as genes, or one is not above 0.</exception>
    public GeneformerGenes(GeneVocabulary vocabulary, IEnumerable<double> medians)
    {
        (Vocabulary, this.medians) = (vocabulary, [.. medians]);
        if (this.medians.Length != vocabulary.Count)
        {
            throw new ArgumentException($"There are {this.medians.Length} medians; expected {vocabulary.Count}, one a gene.");
        }
        if (Array.FindIndex(this.medians, median => !(median > 0 && double.IsFinite(median))) is >= 0 and var wrong)
        {
            throw new ArgumentException(FormattableString.Invariant($"The median of {vocabulary.Names[wrong]} is {this.medians[wrong]}; expected a finite number above 0."));
        }
    }

    /// <summary>The genes, in the order of their tokens.</summary>
    public GeneVocabulary Vocabulary { get; }

    /// <summary>The median of each gene's values that are not zero, in counts per 10,000.</summary>
    public IReadOnlyList<double> Medians => medians;

    /// <summary>Number of tokens: the genes, padding and mask.</summary>
    public int Tokens => Vocabulary.Count + FirstGene;

    /// <summary>The medians without an interface in between, for the loop over a cell's genes.</summary>
    internal ReadOnlySpan<double> MedianSpan => medians;

    /// <summary>The token of a gene by its name or Ensembl id.</summary>
    /// <exception cref="ArgumentException">The model does not know the gene.</exception>
    public int TokenOf(string gene, GeneAliases? aliases = null)
    {
        var place = GenePlaces.Of([gene], null, Vocabulary, aliases).Target[0];
        return place >= 0
            ? FirstGene + place
            : throw new ArgumentException($"The model does not know the gene '{gene}'; expected one of its {Vocabulary.Count}, such as {string.Join(", ", Vocabulary.Names.Take(3))}.");
    }

    /// <summary>The genes of a corpus with their medians.</summary>
    /// <param name="cells">Cells with raw counts, of any source; genes of one name are added up.</param>
    /// <param name="which">The cells to look at, such as those to train on. Default: all.</param>
    /// <param name="leastCells">In how many of these cells a gene must be expressed, 1 or more. Default: 10.</param>
    /// <param name="cancellation">Stops between two blocks of cells.</param>
    /// <returns>The genes, in the order of the source; medians are exact of cells in memory, and as <see cref="MedianSketch"/> says of others.</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, or no gene is expressed in that many cells.</exception>
    public static GeneformerGenes FromCells(ICellSource cells, int[]? which = null, int leastCells = 10, CancellationToken cancellation = default)
    {
        var corpus = CorpusMedians.Of(cells, which ?? [.. Enumerable.Range(0, cells.CellCount)], cancellation);
        int[] kept = [.. Enumerable.Range(0, corpus.Names.Length).Where(gene => corpus.Cells[gene] >= leastCells)];
        if (kept.Length == 0)
        {
            throw new InvalidDataException($"None of the {corpus.Names.Length} genes is expressed in {leastCells} of the cells or more; expected at least one.");
        }
        string?[] ids = [.. kept.Select(gene => corpus.Ids[gene])];
        return new GeneformerGenes(
            new GeneVocabulary(kept.Select(gene => corpus.Names[gene]), Array.Exists(ids, id => id is not null) ? ids : null), kept.Select(gene => corpus.Medians[gene]));
    }

    /// <summary>Reads the published genes, or others in that form: two tables of two columns, key and value.</summary>
    /// <param name="tokens">Ensembl ids and their tokens, with &lt;pad&gt; 0 and &lt;mask&gt; 1; .tsv or .csv, gzipped or plain.</param>
    /// <param name="medians">Ensembl ids and their medians.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A table is malformed, or lacks a gene of the other.</exception>
    public static GeneformerGenes Read(string tokens, string medians)
    {
        var places = Pairs(tokens);
        var names = new string[places.Count];
        foreach (var (name, text) in places)
        {
            if (!int.TryParse(text, out var token) || token < 0 || token >= names.Length || names[token] is not null)
            {
                throw new InvalidDataException($"{tokens} gives '{name}' the token {text}; expected the whole numbers 0 to {names.Length - 1}, each once.");
            }
            names[token] = name;
        }
        if (names is not [PaddingName, MaskName, ..] || names.Skip(FirstGene).Any(name => name.StartsWith('<')))
        {
            throw new InvalidDataException($"{tokens} begins with {string.Join(", ", names.Take(FirstGene))}; expected {PaddingName}, {MaskName} and then genes, without other special tokens (the second version of Geneformer has more).");
        }
        var known = Pairs(medians);
        return new GeneformerGenes(new GeneVocabulary(names.Skip(FirstGene)), names.Skip(FirstGene).Select(name => known.TryGetValue(name, out var text)
            && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var median)
                ? median
                : throw new InvalidDataException($"{medians} has no median for '{name}'; expected a number for each gene of {tokens}.")));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Vocabulary.Count:N0} genes with medians of {medians.DefaultIfEmpty().Min():G3} to {medians.DefaultIfEmpty().Max():G3} counts per 10,000";

    private static Dictionary<string, string> Pairs(string path)
    {
        var table = TextTable.Read(path);
        if (table.Header.Count != 2)
        {
            throw new InvalidDataException($"{path} has the columns {string.Join(", ", table.Header)}; expected two, a gene and its value.");
        }
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            if (!pairs.TryAdd(row[0], row[1]))
            {
                throw new InvalidDataException($"{path} has '{row[0]}' twice; expected each gene once.");
            }
        }
        return pairs;
    }
}
