namespace ScFm.Model.Models.DeepCdr;

/// <summary>How the atoms of a drug become one vector.</summary>
public enum DrugPooling
{
    /// <summary>The mean over all slots, empty ones included. What the published runs use.</summary>
    Mean,

    /// <summary>The largest value over all slots, empty ones included.</summary>
    Max,
}
