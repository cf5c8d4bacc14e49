namespace ScFm.Model.Graphs;

/// <summary>What Leiden maximises over all pairs of cells i, j in the same cluster, with A the weights, k their sums at a cell and m their total.</summary>
public enum LeidenObjective
{
    /// <summary>
    /// Sum of A_ij - resolution k_i k_j / 2m, over 2m: Reichardt and Bornholdt's modularity with the configuration model, the default of scanpy
    /// (leidenalg's RBConfigurationVertexPartition).
    /// </summary>
    Modularity,

    /// <summary>Sum of A_ij - resolution, over 2m: the constant Potts model (Traag, Van Dooren and Nesterov, 2011); good resolutions are far below 1.</summary>
    ConstantPotts,
}
