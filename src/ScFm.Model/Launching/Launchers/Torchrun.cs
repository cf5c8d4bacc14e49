namespace ScFm.Model.Launching;

/// <summary>torchrun's variables, which <see cref="LocalRanks"/> sets too: RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR, MASTER_PORT.</summary>
/// <remarks>Source: PyTorch's documentation, "torchrun (Elastic Launch)", environment variables.</remarks>
internal static class Torchrun
{
    public const string Name = "torchrun";
    public const string Rank = "RANK";
    public const string WorldSize = "WORLD_SIZE";
    public const string LocalRank = "LOCAL_RANK";
    public const string LocalWorldSize = "LOCAL_WORLD_SIZE";
    public const string Host = "MASTER_ADDR";
    public const string Port = "MASTER_PORT";

    private const string PortIsTaken = "TORCHELASTIC_USE_AGENT_STORE";
    private const int Beside = 1_000;
    private const int LastPort = 65_535;

    /// <summary>What they say; null where RANK is not set.</summary>
    public static RankEnvironment? Read(LaunchVariables variables)
    {
        if (!variables.Has(Rank))
        {
            return null;
        }
        var (rank, size) = variables.Place(Rank, WorldSize);
        var local = variables.Has(LocalWorldSize) ? variables.Place(LocalRank, LocalWorldSize).Place : (int)variables.Number(LocalRank, Rank);
        return local <= rank
            ? new RankEnvironment { Launcher = Name, Rank = rank, WorldSize = size, LocalRank = local, Host = variables.HostBeside(Rank), Port = PortOf(variables) }
            : throw new InvalidDataException($"{LocalRank} is {local} and {Rank} is {rank}; expected a local rank of at most {rank}: ranks of one machine are counted in their order.");
    }

    /// <summary>The port of MASTER_PORT, or where torchrun itself listens there, for PyTorch's own ranks, one beside it that all ranks find alike.</summary>
    private static int PortOf(LaunchVariables variables)
    {
        var port = variables.Port(Rank);
        return variables.Text(PortIsTaken) != "True" ? port : port + Beside <= LastPort ? port + Beside : port - Beside;
    }

    /// <summary>Refuses variables of torchrun that lack RANK and fit no other launcher.</summary>
    /// <param name="variables">An environment without RANK.</param>
    /// <param name="other">What another launcher says; null where there is none.</param>
    public static void RequireNothingElse(LaunchVariables variables, RankEnvironment? other)
    {
        if (!variables.Has(WorldSize))
        {
            return;
        }
        if (other is null)
        {
            variables.Text(Rank, WorldSize);
        }
        else if (variables.Number(WorldSize, other.Launcher, least: 1) is var size && size != other.WorldSize)
        {
            throw new InvalidDataException($"{WorldSize} is {size} and {other.Launcher} has started {other.WorldSize} ranks; expected the same number.");
        }
    }
}
