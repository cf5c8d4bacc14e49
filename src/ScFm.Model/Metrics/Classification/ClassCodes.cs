namespace ScFm.Model.Metrics.Classification;

/// <summary>What classes as whole numbers must be, and what probabilities of them.</summary>
internal static class ClassCodes
{
    /// <summary>Returns quietly where there are items and each has a class from 0 to classes - 1.</summary>
    /// <exception cref="ArgumentException">It is otherwise.</exception>
    internal static void Require(ReadOnlySpan<int> codes, int classes)
    {
        if (codes.IsEmpty)
        {
            throw new ArgumentException("There is no item; expected at least one to score.");
        }
        for (var i = 0; i < codes.Length; i++)
        {
            if ((uint)codes[i] >= (uint)classes)
            {
                throw new ArgumentException($"Item {i} is of class {codes[i]}; expected 0 to {classes - 1}.");
            }
        }
    }

    /// <summary>Returns quietly where each item has a row of probabilities, all of them numbers.</summary>
    /// <exception cref="ArgumentException">It is otherwise.</exception>
    internal static void Require(ReadOnlySpan<int> codes, Points probabilities)
    {
        Require(codes, probabilities.Dimensions);
        if (codes.Length != probabilities.Count)
        {
            throw new ArgumentException($"There are {codes.Length} true classes and {probabilities.Count} rows of probabilities; expected one row an item.");
        }
        for (var i = 0; i < codes.Length; i++)
        {
            foreach (var probability in probabilities[i])
            {
                if (!double.IsFinite(probability))
                {
                    throw new ArgumentException(FormattableString.Invariant($"A probability of item {i} is {probability}; expected a number."));
                }
            }
        }
    }
}
