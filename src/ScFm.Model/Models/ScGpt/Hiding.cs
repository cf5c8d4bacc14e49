namespace ScFm.Model.Models.ScGpt;

/// <summary>How values are hidden in training.</summary>
public enum Hiding
{
    /// <summary>A mask stands in their place, and all tokens attend to each other: as the published code fine-tunes.</summary>
    Mask,

    /// <summary>
    /// A mask stands in their place, and no other token attends to it, so that what is hidden is generated from what is known alone; then once more from the cell's vector, in the place of
    /// &lt;cls&gt;, and the known values. So the paper pretrains. The reference's pretraining adds to each gene to be generated a learnt vector that marks it, and no vector of a value; here
    /// the mask's vector of a value marks it, so that hidden and generated values need no weights of their own.
    /// </summary>
    Generative,
}
