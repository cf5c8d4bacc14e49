namespace ScFm.Model.Launching;

/// <summary>Slurm's variables of a task that srun started: SLURM_PROCID, SLURM_NTASKS, SLURM_LOCALID, SLURM_JOB_NODELIST and SLURM_JOB_ID.</summary>
/// <remarks>Source: Slurm's manual, srun(1) and sbatch(1), "Output environment variables".</remarks>
internal static class Slurm
{
    private const string Rank = "SLURM_PROCID";
    private const string Step = "SLURM_STEP_ID";
    private const string Job = "SLURM_JOB_ID";
    private const int FirstPort = 20_000;
    private const int Ports = 10_000; // up to 29,999: below those that the system gives to whoever connects

    /// <summary>What they say; null where SLURM_PROCID is not set, and in the script that sbatch runs.</summary>
    public static RankEnvironment? Read(LaunchVariables variables)
    {
        if (!variables.Has(Rank) || IsBatchScript(variables))
        {
            return null;
        }
        // A step may have fewer tasks and machines than its job.
        var (rank, size) = variables.Place(Rank, variables.Has("SLURM_STEP_NUM_TASKS") ? "SLURM_STEP_NUM_TASKS" : "SLURM_NTASKS");
        return new RankEnvironment
        {
            Launcher = "Slurm",
            Rank = rank,
            WorldSize = size,
            LocalRank = (int)variables.Number("SLURM_LOCALID", Rank),
            Host = variables.Host ?? HostList.First(variables.Text("SLURM_STEP_NODELIST") ?? variables.Text("SLURM_JOB_NODELIST", Rank)),
            Port = variables.Port(Rank, variables.Has(Job) ? PortOf(variables) : null),
            HasOwnCard = variables.SeesOneCard,
        };
    }

    /// <summary>True in the script that sbatch runs: it is task 0 by its variables, and alone.</summary>
    private static bool IsBatchScript(LaunchVariables variables) => variables.Text("ENVIRONMENT") == "BATCH" && !variables.Has(Step);

    /// <summary>A port that all tasks of a step find alike, and jobs that run at the same time hardly share.</summary>
    private static int PortOf(LaunchVariables variables)
    {
        var step = variables.Has(Step) ? variables.Number(Step, Rank, most: uint.MaxValue) : 0;
        return (int)(FirstPort + (variables.Number(Job, Rank, most: uint.MaxValue) + step) % Ports);
    }
}
