namespace ScFm.Model.Cells;

/// <summary>Cells told apart into those to train on, to validate on and to test on.</summary>
/// <param name="Train">Indices of the cells to train on, ascending.</param>
/// <param name="Validation">Indices of the cells to validate on, ascending.</param>
/// <param name="Test">Indices of the cells held out to the end, ascending.</param>
public sealed record Splits(int[] Train, int[] Validation, int[] Test)
{
    /// <summary>Holds cells out at random, to validate a training on: at least one, and never all.</summary>
    /// <param name="count">Number of cells, 2 or more.</param>
    /// <param name="share">Share to hold out, above 0 and below 1; rounded to whole cells.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentException">There are fewer than two cells.</exception>
    public static Splits HeldOut(int count, double share, int seed) => count >= 2
        ? Random(count, Math.Clamp(share, 1.0 / count, 1 - 1.0 / count), 0, seed)
        : throw new ArgumentException($"There are {count} cells; expected at least 2, to train on and to hold out.");

    /// <summary>Splits cells at random.</summary>
    /// <param name="count">Number of cells.</param>
    /// <param name="validationShare">Share to validate on, 0 to 1; rounded to whole cells.</param>
    /// <param name="testShare">Share to test on, 0 to 1; rounded to whole cells.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is outside 0 to 1, or nothing is left to train on.</exception>
    public static Splits Random(int count, double validationShare, double testShare, int seed)
    {
        if (!(validationShare >= 0 && testShare >= 0 && validationShare + testShare < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(validationShare), FormattableString.Invariant(
                $"The shares to validate and to test on are {validationShare} and {testShare}; expected 0 or more each, and less than 1 together."));
        }
        var order = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(order);
        var (validation, test) = ((int)Math.Round(count * validationShare), (int)Math.Round(count * testShare));
        return new Splits(
            [.. order[(validation + test)..].Order()],
            [.. order[..validation].Order()],
            [.. order[validation..(validation + test)].Order()]);
    }
}
