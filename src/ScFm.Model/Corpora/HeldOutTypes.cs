namespace ScFm.Model.Corpora;

/// <summary>A cell type that is held out of a training, by all the names that data sets use for it and its subtypes.</summary>
/// <remarks>
/// For the No-Mono and No-Bcell trainings of Nadig et al., Consequences of training data composition for deep learning models in single-cell biology (2025).
/// Their published code names no labels; these are the terms of the Cell Ontology below monocyte (CL:0000576) and lymphocyte of B lineage (CL:0000945)
/// that blood and marrow atlases such as scTab use, and common short names of annotated blood data. Upper and lower case are the same.
/// </remarks>
public sealed class HeldOutTypes
{
    private readonly HashSet<string> labels;

    /// <summary>Makes a type of your own.</summary>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="labels">All names that stand for it.</param>
    public HeldOutTypes(string name, params IEnumerable<string> labels) => (Name, this.labels) = (name, labels.ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>Monocytes: No-Mono.</summary>
    public static HeldOutTypes Monocytes { get; } = new("monocytes",
        "monocyte", "classical monocyte", "non-classical monocyte", "intermediate monocyte", "CD14-positive monocyte",
        "CD14-positive, CD16-negative classical monocyte", "CD14-positive, CD16-positive monocyte", "CD14-low, CD16-positive monocyte",
        "monocytes", "mono", "CD14+ Mono", "CD16+ Mono", "FCGR3A+ Mono", "CD14 Mono", "CD16 Mono",
        "CD14+ Monocyte", "CD14+ Monocytes", "CD16+ Monocytes", "FCGR3A+ Monocytes", "CD14+");

    /// <summary>B cells, from their first progenitors to plasma cells: No-Bcell.</summary>
    public static HeldOutTypes BCells { get; } = new("B cells",
        "B cell", "naive B cell", "memory B cell", "class switched memory B cell", "unswitched memory B cell", "immature B cell", "mature B cell",
        "transitional stage B cell", "follicular B cell", "germinal center B cell", "B-1 B cell", "B-2 B cell", "lymphocyte of B lineage",
        "precursor B cell", "pro-B cell", "pre-B-I cell", "large pre-B-II cell", "small pre-B-II cell", "fraction A pre-pro B cell",
        "plasma cell", "plasmablast", "IgA plasma cell", "IgG plasma cell", "IgM plasma cell", "IgA plasmablast", "IgG plasmablast", "IgG-negative class switched memory B cell", "IgG memory B cell",
        "B", "B cells", "B-cell", "B-cells", "B naive", "B memory", "B intermediate", "CD19+ B", "CD19+ B cell", "Naive B", "Memory B", "Pre-B", "Pro-B", "Plasma", "Plasma cells", "Plasmablasts");

    /// <summary>Those above, which a plan names by <see cref="Name"/>.</summary>
    public static IReadOnlyList<HeldOutTypes> BuiltIn { get; } = [Monocytes, BCells];

    /// <summary>What the type is called, in errors and in plans.</summary>
    public string Name { get; }

    /// <summary>All names that stand for the type.</summary>
    public IReadOnlyCollection<string> Labels => labels;

    /// <summary>True for a label that stands for the type.</summary>
    /// <param name="label">A label of a data set.</param>
    public bool Contains(string label) => labels.Contains(label);

    /// <summary>Those of some labels that stand for the type.</summary>
    /// <param name="found">The labels of a data set.</param>
    /// <param name="column">Where they stand, for the error.</param>
    /// <exception cref="ArgumentException">None does.</exception>
    internal string[] In(string[] found, string column) => Array.FindAll(found, labels.Contains) is { Length: > 0 } own
        ? own
        : throw new ArgumentException($"The column '{column}' has no {Name} among {string.Join(", ", found.Take(20))}; expected a label such as {string.Join(", ", labels.Take(3))}.");
}
