using System.Globalization;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>What <see cref="GeneMapping"/> did with each gene.</summary>
public sealed class GeneReport
{
    private readonly string[] geneNames;
    private readonly GeneMatch[] matches;
    private readonly int[] target;
    private readonly GeneVocabulary vocabulary;

    /// <summary>Reports a mapping.</summary>
    /// <param name="geneNames">The genes of the data.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="places">Where the genes went.</param>
    /// <param name="before">The sum of all counts of the data.</param>
    /// <param name="after">The sum of those that stayed.</param>
    internal GeneReport(string[] geneNames, GeneVocabulary vocabulary, GenePlaces places, double before, double after)
    {
        (this.geneNames, this.vocabulary, (target, matches, Reachable)) = (geneNames, vocabulary, places);
        var columns = new int[vocabulary.Count];
        foreach (var place in target.Where(place => place >= 0))
        {
            columns[place]++;
        }
        Missing = [.. Enumerable.Range(0, columns.Length).Where(place => columns[place] == 0).Select(place => vocabulary.Names[place])];
        Summed = [.. Enumerable.Range(0, columns.Length).Where(place => columns[place] > 1).Select(place => vocabulary.Names[place])];
        CountShare = before != 0 ? after / before : 0;
    }

    /// <summary>Number of genes of the data.</summary>
    public int GeneCount => geneNames.Length;

    /// <summary>Number of genes of the vocabulary.</summary>
    public int VocabularyCount => vocabulary.Count;

    /// <summary>Genes of the data whose own name stands in the vocabulary.</summary>
    public IReadOnlyList<string> Direct => Named(GeneMatch.Direct);

    /// <summary>Genes of the data that were found by an alias, with the names they got.</summary>
    public IReadOnlyList<(string From, string To)> Renamed => Pairs(i => matches[i] == GeneMatch.Alias);

    /// <summary>Genes of the data that were found by their Ensembl id, with the names they got.</summary>
    public IReadOnlyList<(string From, string To)> ById => Pairs(i => matches[i] == GeneMatch.EnsemblId);

    /// <summary>Ensembl ids whose version was stripped to find their gene, with the names they got.</summary>
    public IReadOnlyList<(string From, string To)> VersionStripped =>
        Pairs(i => target[i] >= 0 && matches[i] != GeneMatch.Direct && GeneAliases.StripVersion(geneNames[i]) != geneNames[i]);

    /// <summary>Genes of the vocabulary that got the sum of several genes of the data.</summary>
    public IReadOnlyList<string> Summed { get; }

    /// <summary>Genes of the data that were left out: unknown to the vocabulary.</summary>
    public IReadOnlyList<string> Dropped => Named(GeneMatch.Unknown);

    /// <summary>Genes of the data that were left out: an alias table calls them an old name of a gene that the data have under its own name.</summary>
    public IReadOnlyList<string> DroppedAliases => Named(GeneMatch.AliasOfPresent);

    /// <summary>Genes of the vocabulary that the data lack: padded with zeros.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Genes of the vocabulary that the data have.</summary>
    public int Matched => VocabularyCount - Missing.Count;

    /// <summary>Genes of the vocabulary that some name or alias of the data leads to, whether or not another gene got it: an alias of two genes reaches both and fills one.</summary>
    public int Reachable { get; }

    /// <summary>The share of the vocabulary that the data have, 0 to 1.</summary>
    public double VocabularyShare => VocabularyCount == 0 ? 0 : (double)Matched / VocabularyCount;

    /// <summary>The share of all counts that stayed, 0 to 1; without a meaning where the matrix holds negative values.</summary>
    public double CountShare { get; }

    /// <summary>The numbers as a table: what, how many genes, and examples.</summary>
    public Table ToTable()
    {
        (string What, IReadOnlyList<string> Genes)[] rows =
        [
            ("matched by name", Direct),
            ("matched by Ensembl id", Show(ById)),
            ("renamed by alias", Show(Renamed)),
            ("Ensembl version stripped", Show(VersionStripped)),
            ("duplicates summed", Summed),
            ("left out: not in the vocabulary", Dropped),
            ("left out: alias of a gene that is there", DroppedAliases),
            ("missing, padded with zeros", Missing),
        ];
        return new Table(
            new TextColumn("genes", [.. rows.Select(row => row.What)]),
            new IntegerColumn("number", [.. rows.Select(row => (long)row.Genes.Count)]),
            new TextColumn("examples", [.. rows.Select(row => string.Join(", ", row.Genes.Take(4)))]));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Matched:N0} of {VocabularyCount:N0} genes of the vocabulary ({VocabularyShare:P1}) and {CountShare:P1} of the counts: " +
        $"{Direct.Count:N0} matched by name, {ById.Count:N0} by Ensembl id, {Renamed.Count:N0} renamed by alias, {Summed.Count:N0} summed from duplicates; " +
        $"{Missing.Count:N0} missing are zero, {Dropped.Count + DroppedAliases.Count:N0} of {GeneCount:N0} genes of the data left out.");

    private string[] Named(GeneMatch match) => [.. geneNames.Where((_, i) => matches[i] == match)];

    private (string From, string To)[] Pairs(Func<int, bool> where) =>
        [.. Enumerable.Range(0, geneNames.Length).Where(where).Select(i => (geneNames[i], vocabulary.Names[target[i]]))];

    private static string[] Show(IReadOnlyList<(string From, string To)> pairs) => [.. pairs.Select(pair => $"{pair.From} → {pair.To}")];
}
