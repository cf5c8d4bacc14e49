namespace TorchSharp;

/// <summary>How distances between all pairs are computed.</summary>
public enum compute_mode
{
    /// <summary>By a matrix product when there are more than 25 rows.</summary>
    use_mm_for_euclid_dist_if_necessary = 0,

    /// <summary>By a matrix product.</summary>
    use_mm_for_euclid_dist = 1,

    /// <summary>Directly.</summary>
    donot_use_mm_for_euclid_dist = 2,
}
