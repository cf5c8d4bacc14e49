namespace ScFm.Model.Tasks.Annotation;

/// <summary>The type that a row of probabilities speaks for.</summary>
public static class MostLikely
{
    /// <summary>The place of the greatest probability; the first of equals.</summary>
    /// <param name="row">Probabilities, one a type, at least one.</param>
    public static int Of(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var type = 1; type < row.Length; type++)
        {
            best = row[type] > row[best] ? type : best;
        }
        return best;
    }
}
