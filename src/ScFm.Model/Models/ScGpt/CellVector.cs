namespace ScFm.Model.Models.ScGpt;

/// <summary>Which states a cell's vector is made of.</summary>
public enum CellVector
{
    /// <summary>The state of the token &lt;cls&gt; that stands before the genes.</summary>
    Cls,

    /// <summary>The mean of all states, that of &lt;cls&gt; among them.</summary>
    Mean,
}
