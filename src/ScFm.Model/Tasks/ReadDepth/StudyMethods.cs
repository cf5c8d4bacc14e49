using ScFm.Model.Cells;
using ScFm.Model.Models.Magic;
using ScFm.Model.Models.Saver;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Models.ScImpute;
using ScFm.Model.Tasks.Enhancers;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>The methods that a study of read depth compares.</summary>
public static class StudyMethods
{
    /// <summary>Every method, in the order of the tables: those that learn nothing, those that learn from the shallow cells alone, and scFoundation.</summary>
    /// <param name="training">Cells that are not scored: the source of the gene means, with the genes of the cells that are.</param>
    /// <param name="model">The scFoundation.</param>
    /// <param name="rivals">How the methods work that learn from the shallow cells alone. Default: see there.</param>
    public static IReadOnlyList<StudyMethod> All(AnnData training, StudiedModel model, RivalOptions? rivals = null)
    {
        var how = rivals ?? new RivalOptions();
        return
        [
            new("observed", "log1p of counts per 10,000", (_, _) => new ObservedEnhancer()),
            new("gene mean", $"mean of cells {Fingerprint.Of(training)}", (_, _) => new GeneMeanEnhancer(training)) { TellsCellsApart = false },
            new("MAGIC", $"{how.Magic}", (_, seed) => new MagicEnhancer(how.Magic with { Seed = (ulong)seed })),
            new("SAVER", $"{how.Saver}", (_, seed) => new SaverEnhancer(how.Saver with { Seed = seed })),
            new("scImpute", $"{how.ScImpute}", (_, seed) => new ScImputeEnhancer(how.ScImpute with { Seed = (ulong)seed })),
            new("scVI", $"{how.ScVi}", (_, seed) => new ScViEnhancer(how.ScVi with { Seed = seed })),
            ScFoundation(model),
        ];
    }

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
