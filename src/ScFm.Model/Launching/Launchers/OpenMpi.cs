namespace ScFm.Model.Launching;

/// <summary>Open MPI's variables: OMPI_COMM_WORLD_RANK, OMPI_COMM_WORLD_SIZE, OMPI_COMM_WORLD_LOCAL_RANK and OMPI_COMM_WORLD_LOCAL_SIZE.</summary>
/// <remarks>It says nowhere which machine has rank 0, so MASTER_ADDR must, unless all ranks are on one. Source: Open MPI's manual, mpirun(1), "Exported Environment Variables".</remarks>
internal static class OpenMpi
{
    private const string Rank = "OMPI_COMM_WORLD_RANK";
    private const string Size = "OMPI_COMM_WORLD_SIZE";
    private const string LocalRank = "OMPI_COMM_WORLD_LOCAL_RANK";
    private const string LocalSize = "OMPI_COMM_WORLD_LOCAL_SIZE";
    private const int UsualPort = 29_500; // torchrun's

    /// <summary>What they say; null where neither rank nor number is set.</summary>
    public static RankEnvironment? Read(LaunchVariables variables)
    {
        if (!variables.Has(Rank) && !variables.Has(Size))
        {
            return null;
        }
        var (rank, size) = variables.Place(Rank, Size);
        var (local, localSize) = variables.Has(LocalSize) ? variables.Place(LocalRank, LocalSize) : ((int)variables.Number(LocalRank, Rank), 0);
        return new RankEnvironment
        {
            Launcher = "Open MPI",
            Rank = rank,
            WorldSize = size,
            LocalRank = local,
            Host = variables.Host ?? (localSize == size ? LocalRanks.Loopback : variables.HostBeside(Rank)),
            Port = variables.Port(Rank, UsualPort),
            HasOwnCard = variables.SeesOneCard,
        };
    }
}
