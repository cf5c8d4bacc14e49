using ScFm.Model.Cells;

namespace ScFm.Model.Models.ScGpt;

/// <summary>The genes a scGPT knows and the number of each one's token, among them those of &lt;pad&gt; and &lt;cls&gt;.</summary>
public sealed class ScGptVocabulary
{
    private const string PaddingName = "<pad>";
    private const string ClsName = "<cls>";
    private const string EndName = "<eoc>"; // of no use here; the published vocabularies have it

    private readonly string[] names;
    private readonly int[] tokens;

    /// <summary>Tokens in the order of their numbers.</summary>
    /// <param name="names">The name of each, as in the published vocab.json: genes, and in angle brackets those that are none.</param>
    /// <param name="ids">The Ensembl id of each, null where unknown. Default: none.</param>
    /// <exception cref="ArgumentException">&lt;pad&gt; or &lt;cls&gt; is missing, there is no gene, or a name stands twice.</exception>
    public ScGptVocabulary(IReadOnlyList<string> names, IReadOnlyList<string?>? ids = null)
    {
        this.names = [.. names];
        (Padding, Cls) = (Special(PaddingName), Special(ClsName));
        tokens = [.. Enumerable.Range(0, names.Count).Where(token => !names[token].StartsWith('<'))];
        Genes = tokens.Length > 0
            ? new GeneVocabulary(tokens.Select(token => names[token]), ids is null ? null : tokens.Select(token => ids[token]))
            : throw new ArgumentException($"The vocabulary has {names.Count} tokens and no gene; expected at least one.", nameof(names));
    }

    /// <summary>The genes; their places are not their tokens: see <see cref="TokenOf"/>.</summary>
    public GeneVocabulary Genes { get; }

    /// <summary>Number of tokens.</summary>
    public int Count => names.Length;

    /// <summary>The name of each token.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The token of padding.</summary>
    public int Padding { get; }

    /// <summary>The token that a cell begins with.</summary>
    public int Cls { get; }

    /// <summary>Genes in the order of their tokens, with &lt;pad&gt;, &lt;cls&gt; and &lt;eoc&gt; behind them, as the published scripts number them.</summary>
    public static ScGptVocabulary Of(GeneVocabulary genes) =>
        new([.. genes.Names, PaddingName, ClsName, EndName], genes.Ids is { } ids ? [.. ids, null, null, null] : null);

    /// <summary>The token of a gene by its place among the genes.</summary>
    public int TokenOf(int place) => tokens[place];

    /// <summary>The tokens that are left where only some genes are kept: those genes', ascending, and all that are none.</summary>
    /// <param name="kept">Places of genes.</param>
    internal int[] TokensWith(IEnumerable<int> kept) => [.. Enumerable.Range(0, Count).Except(tokens).Concat(kept.Select(TokenOf)).Order()];

    /// <summary>A vocabulary of some of the tokens, which get new numbers.</summary>
    /// <param name="kept">The tokens' old numbers, in the new order.</param>
    internal ScGptVocabulary Select(IReadOnlyList<int> kept)
    {
        var ids = IdsOfTokens();
        return new([.. kept.Select(token => names[token])], ids is null ? null : [.. kept.Select(token => ids[token])]);
    }

    /// <summary>The Ensembl id of each token; null where none is known.</summary>
    internal string?[]? IdsOfTokens()
    {
        if (Genes.Ids is not { } known)
        {
            return null;
        }
        var ids = new string?[names.Length];
        for (var place = 0; place < tokens.Length; place++)
        {
            ids[tokens[place]] = known[place];
        }
        return ids;
    }

    private int Special(string name) => Array.IndexOf(names, name) is >= 0 and var token
        ? token
        : throw new ArgumentException($"The vocabulary of {names.Length} tokens has no {name}; expected {PaddingName} and {ClsName} among them.");
}
