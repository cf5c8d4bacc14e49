using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures;

/// <summary>Splits points by label: one mark and one colour a label.</summary>
internal static class LabelledPoints
{
    /// <summary>The marks, largest label first so that small ones lie on top; the legend keeps the natural order of the labels.</summary>
    public static IReadOnlyList<Points> Of(IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<string?> labels, double size)
    {
        var members = Enumerable.Range(0, labels.Count).ToLookup(i => labels[i]);
        var names = members.Select(group => group.Key).OfType<string>().Order(LabelOrder.Natural).ToList();
        var marks = names.Select((name, i) => Mark(members[name], name, Palette.At(i), i));
        if (members.Contains(null))
        {
            marks = marks.Append(Mark(members[null], "(missing)", Palette.Missing, names.Count));
        }
        return [.. marks.OrderByDescending(mark => mark.X.Count)];

        Points Mark(IEnumerable<int> rows, string name, Colour colour, int rank)
        {
            int[] at = [.. rows];
            return new Points([.. at.Select(i => x[i])], [.. at.Select(i => y[i])]) { Name = name, Colour = colour, Size = size, LegendRank = rank };
        }
    }
}
