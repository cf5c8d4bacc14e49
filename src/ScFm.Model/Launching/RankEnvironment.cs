namespace ScFm.Model.Launching;

/// <summary>Which of how many ranks this process is, and where they meet: what the program that started it put into its environment.</summary>
/// <remarks>
/// torchrun's variables go before Open MPI's, and these before Slurm's: a launcher is often started by another, and the inner one knows better.
/// MASTER_ADDR and MASTER_PORT say where ranks meet, whoever started them.
/// </remarks>
/// <example><code>
/// var environment = RankEnvironment.Read(); // null: this process was started alone
/// </code></example>
public sealed record RankEnvironment
{
    /// <summary>The program whose variables these are: torchrun, Open MPI or Slurm.</summary>
    public required string Launcher { get; init; }

    /// <summary>The number of this process, from 0.</summary>
    public required int Rank { get; init; }

    /// <summary>The number of processes.</summary>
    public required int WorldSize { get; init; }

    /// <summary>The number of this process among those of its machine, from 0.</summary>
    public required int LocalRank { get; init; }

    /// <summary>The name or address of the machine of rank 0.</summary>
    public required string Host { get; init; }

    /// <summary>The TCP port on that machine at which all ranks meet, 1 to 65,535.</summary>
    public required int Port { get; init; }

    /// <summary>True where the launcher shows each rank its own card and no other.</summary>
    public bool HasOwnCard { get; init; }

    /// <summary>Reads the environment of this process.</summary>
    /// <returns>Null where nothing tells of ranks.</returns>
    /// <exception cref="InvalidDataException">A variable is missing or no number, or two contradict each other; the message names them.</exception>
    public static RankEnvironment? Read() => Read(LaunchVariables.OfThisProcess());

    /// <summary>Reads an environment.</summary>
    /// <param name="environment">Names and values; an empty value is none.</param>
    /// <inheritdoc cref="Read()"/>
    public static RankEnvironment? Read(IReadOnlyDictionary<string, string> environment)
    {
        var variables = new LaunchVariables(environment);
        var found = Torchrun.Read(variables) ?? OpenMpi.Read(variables) ?? Slurm.Read(variables);
        if (found?.Launcher != Torchrun.Name)
        {
            Torchrun.RequireNothingElse(variables, found);
        }
        return found;
    }

    /// <summary>The index of this rank's card.</summary>
    /// <param name="cards">The number of cards that this process sees.</param>
    /// <exception cref="InvalidOperationException">There are fewer cards than ranks on this machine.</exception>
    public int Card(int cards) =>
        HasOwnCard && cards == 1 ? 0
        : LocalRank < cards ? LocalRank
        : throw new InvalidOperationException($"Rank {Rank} is number {LocalRank} of its machine, counted from 0, and finds {cards} CUDA devices; expected a device for each rank.");
}
