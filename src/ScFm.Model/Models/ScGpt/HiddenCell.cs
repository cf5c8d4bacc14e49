namespace ScFm.Model.Models.ScGpt;

/// <summary>A cell some of whose values are to be predicted.</summary>
/// <param name="Tokens">&lt;cls&gt;, then the genes.</param>
/// <param name="Values">What the model sees: bins, and the mask where a value is hidden.</param>
/// <param name="Hidden">Places among the tokens whose value is to be predicted, ascending.</param>
/// <param name="Targets">The bins that are hidden there.</param>
public sealed record HiddenCell(int[] Tokens, float[] Values, int[] Hidden, float[] Targets)
{
    /// <summary>Hides a share of a cell's values, drawn by chance without &lt;cls&gt;; at least one where there is any.</summary>
    /// <param name="cell">The cell; left as it is.</param>
    /// <param name="share">The share to hide, 0 to 1; 0 hides none.</param>
    /// <param name="mask">The value that stands for a hidden one.</param>
    /// <param name="random">Draws.</param>
    /// <remarks>The reference may hide the value beside &lt;cls&gt; too, which no gene explains.</remarks>
    public static HiddenCell Hide(ScGptCell cell, double share, float mask, Random random)
    {
        var genes = cell.Tokens.Length - 1;
        var count = share == 0 ? 0 : Math.Clamp((int)(genes * share), Math.Min(1, genes), genes);
        int[] places = [.. Enumerable.Range(1, genes)];
        for (var i = 0; i < count; i++)
        {
            var drawn = random.Next(i, places.Length);
            (places[i], places[drawn]) = (places[drawn], places[i]);
        }
        int[] hidden = [.. places.Take(count).Order()];
        float[] values = [.. cell.Values];
        foreach (var place in hidden)
        {
            values[place] = mask;
        }
        return new HiddenCell(cell.Tokens, values, hidden, Array.ConvertAll(hidden, place => cell.Values[place]));
    }
}
