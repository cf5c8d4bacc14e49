using System.Globalization;
using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const double FarOut = 0.35; // of a text from its disc

    /// <summary>How many things two or three sets share.</summary>
    /// <param name="sets">The names of the sets, two or three, and what is in them.</param>
    /// <param name="title">What stands above. Default: nothing.</param>
    /// <exception cref="ArgumentException">There are fewer or more sets.</exception>
    public static Figure Venn(IReadOnlyList<(string Name, IReadOnlyCollection<string> Members)> sets, string? title = null) =>
        new(VennPanel(sets)) { Title = title, Width = 420, Height = sets.Count == 2 ? 300 : 400 };

    private static Panel VennPanel(IReadOnlyList<(string Name, IReadOnlyCollection<string> Members)> sets)
    {
        var members = sets.Select(set => set.Members.ToHashSet()).ToArray();
        var all = members.SelectMany(set => set).ToHashSet();
        int Only(params int[] inside) => all.Count(one => Enumerable.Range(0, members.Length).All(set => members[set].Contains(one) == inside.Contains(set)));
        string[] names = [.. sets.Select(set => set.Name)];
        return sets.Count switch
        {
            2 => VennPanel(names, [Only(0), Only(1), Only(0, 1)]),
            3 => VennPanel(names, [Only(0), Only(1), Only(2), Only(0, 1), Only(0, 2), Only(1, 2), Only(0, 1, 2)]),
            _ => throw new ArgumentException($"There are {sets.Count} sets; expected 2 or 3."),
        };
    }

    /// <summary>Discs with the number of things in each part.</summary>
    /// <param name="names">Two or three names.</param>
    /// <param name="counts">Of two sets: only in the first, only in the second, in both. Of three: only in each, in the first and second alone, the first and third, the second and third, in all.</param>
    private static Panel VennPanel(IReadOnlyList<string> names, int[] counts)
    {
        var high = Math.Sqrt(3) / 2 * 1.1;
        (double X, double Y)[] centres = names.Count == 2 ? [(-0.6, 0), (0.6, 0)] : [(-0.55, high / 3), (0.55, high / 3), (0, -2 * high / 3)];
        (double X, double Y)[] parts = names.Count == 2
            ? [(-0.95, 0), (0.95, 0), (0, 0)]
            : [(-0.95, 0.55), (0.95, 0.55), (0, -1.1), (0, 0.75), (-0.55, -0.3), (0.55, -0.3), (0, 0.02)];
        (double X, double Y)[] titles = names.Count == 2 ? [(-0.7, 1 + FarOut / 2), (0.7, 1 + FarOut / 2)] : [(-0.75, high / 3 + 1 + FarOut / 2), (0.75, high / 3 + 1 + FarOut / 2), (0, -2 * high / 3 - 1 - FarOut / 2)];
        string[] numbers = [.. counts.Select(count => count.ToString("N0", CultureInfo.InvariantCulture))];
        var axis = new Axis { ShowTicks = false, ShowGrid = false, ShowLine = false };
        return new Panel(
            new Discs([.. centres.Select(centre => centre.X)], [.. centres.Select(centre => centre.Y)], 1),
            new Texts([.. parts.Select(part => part.X)], [.. parts.Select(part => part.Y)], numbers),
            new Texts([.. titles.Select(name => name.X)], [.. titles.Select(name => name.Y)], names))
        {
            X = axis with { Range = (-2.2, 2.2) },
            Y = axis with { Range = (names.Count == 2 ? -1.2 : -2 * high / 3 - 1.4, (names.Count == 2 ? 1 : high / 3 + 1) + FarOut) },
        };
    }
}
