namespace ScFm.Model.Tables;

/// <summary>A column of labels drawn from a short list, as pandas' Categorical: a code a row into <see cref="Categories"/>.</summary>
public sealed class CategoryColumn : Column
{
    private readonly int[] codes;
    private readonly string[] categories;

    /// <summary>Makes the column from codes.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="codes">One code a row: an index into <paramref name="categories"/>, or -1 where the label is missing.</param>
    /// <param name="categories">The labels, each once.</param>
    /// <param name="ordered">True where the order of the categories has a meaning. Default: false.</param>
    /// <exception cref="ArgumentOutOfRangeException">A code is outside -1 to the number of categories minus one.</exception>
    public CategoryColumn(string name, int[] codes, string[] categories, bool ordered = false) : base(name, codes.Length)
    {
        foreach (var code in codes)
        {
            if (code < -1 || code >= categories.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(codes), $"Column '{name}' has the code {code}; expected -1 to {categories.Length - 1}.");
            }
        }
        (this.codes, this.categories, Ordered) = (codes, categories, ordered);
    }

    /// <summary>Makes the column from labels; the categories are the distinct labels in ordinal order.</summary>
    public static CategoryColumn FromLabels(string name, IEnumerable<string?> labels)
    {
        var rows = labels.ToArray();
        string[] categories = [.. rows.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        var index = new Dictionary<string, int>(categories.Select((label, code) => KeyValuePair.Create(label, code)));
        return new CategoryColumn(name, [.. rows.Select(label => label is null ? -1 : index[label])], categories);
    }

    /// <summary>One code a row; -1 where the label is missing.</summary>
    public ReadOnlySpan<int> Codes => codes;

    /// <summary>The labels that the codes point to.</summary>
    public IReadOnlyList<string> Categories => categories;

    /// <summary>True where the order of the categories has a meaning.</summary>
    public bool Ordered { get; }

    /// <inheritdoc/>
    public override object? this[int row] => codes[row] < 0 ? null : categories[codes[row]];

    /// <inheritdoc/>
    public override string Text(int row) => codes[row] < 0 ? "" : categories[codes[row]];

    /// <inheritdoc/>
    public override Column Select(ReadOnlySpan<int> rows)
    {
        var selected = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            selected[i] = codes[rows[i]];
        }
        return new CategoryColumn(Name, selected, categories, Ordered);
    }

    /// <inheritdoc/>
    public override Column Rename(string name) => new CategoryColumn(name, codes, categories, Ordered);
}
