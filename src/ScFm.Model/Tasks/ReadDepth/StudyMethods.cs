using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks.Enhancers;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>The methods that a study of read depth compares.</summary>
public static class StudyMethods
{
    /// <summary>Every method, in the order of the tables: those that learn nothing, those that learn from the shallow cells alone, and scFoundation.</summary>
    /// <param name="training">Cells that are not scored: the source of the gene means, with the genes of the cells that are.</param>
    /// <param name="model">The scFoundation.</param>
    public static IReadOnlyList<StudyMethod> All(AnnData training, StudiedModel model) =>
    [
        new("observed", "log1p of counts per 10,000", (_, _) => new ObservedEnhancer()),
        new("gene mean", $"mean of cells {Fingerprint.Of(training)}", (_, _) => new GeneMeanEnhancer(training)) { TellsCellsApart = false },
        ScFoundation(model),
    ];

    /// <summary>The names of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["observed", "gene mean", "scFoundation"];

    /// <summary>scFoundation, asked for the depth before thinning: T is S over the rate.</summary>
    public static StudyMethod ScFoundation(StudiedModel model)
    {
        EnhancementOptions Asked(double rate, int seed) => new() { Depth = Depth.Fold(1 / rate), Seed = seed };
        return new("scFoundation", $"{model.Settings}; T = S / rate, {new EnhancementOptions().Folds} folds", (rate, seed) => new ScFoundationEnhancer(model.Model, Asked(rate, seed)))
        {
            IsToldDepth = true,
        };
    }

    /// <summary>Those of some methods that are named.</summary>
    /// <param name="methods">The methods.</param>
    /// <param name="names">Names, separated by commas; case does not matter. Null: all.</param>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public static IReadOnlyList<StudyMethod> Select(IReadOnlyList<StudyMethod> methods, string? names)
    {
        if (names is null)
        {
            return methods;
        }
        var wanted = names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = wanted.FirstOrDefault(name => !methods.Any(method => method.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
        return unknown is null
            ? [.. methods.Where(method => wanted.Contains(method.Name, StringComparer.OrdinalIgnoreCase))]
            : throw new ArgumentException($"There is no method '{unknown}'; expected some of {string.Join(", ", methods.Select(method => method.Name))}.", nameof(names));
    }
}
