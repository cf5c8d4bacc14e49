namespace ScFm.Model.Models.ScFoundation;

/// <summary>Which cells are held out of a pretraining to measure its loss.</summary>
public enum HeldOutCells
{
    /// <summary>Any.</summary>
    Random,

    /// <summary>Cells with many counts, whose expression is known best: drawn among those above a threshold or, without one, those with the most counts.</summary>
    HighCount,
}
