using ScFm.Model.Launching;

namespace ScFm.Model.Tests.Launching;

public sealed class RankEnvironmentTests
{
    private const string Torchrun = "RANK=3 WORLD_SIZE=4 LOCAL_RANK=1 LOCAL_WORLD_SIZE=2 MASTER_ADDR=10.0.0.1 MASTER_PORT=29400";
    private const string Slurm = "SLURM_PROCID=5 SLURM_NTASKS=8 SLURM_LOCALID=1 SLURM_JOB_NODELIST=gpu[03-04,9] SLURM_JOB_ID=123456";
    private const string OpenMpi = "OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=2 OMPI_COMM_WORLD_LOCAL_RANK=1 OMPI_COMM_WORLD_LOCAL_SIZE=2";

    [Theory]
    [InlineData(Torchrun, "torchrun 3 of 4, local 1, at 10.0.0.1:29400")]
    [InlineData(Slurm, "Slurm 5 of 8, local 1, at gpu03:23456")]
    [InlineData(OpenMpi, "Open MPI 1 of 2, local 1, at 127.0.0.1:29500")]
    public void Each_launcher_says_who_a_process_is_and_where_ranks_meet(string variables, string expected) => Assert.Equal(expected, Text(variables));

    [Theory]
    [InlineData("")]
    [InlineData("PATH=/bin MASTER_ADDR=10.0.0.1 MASTER_PORT=29400")]
    [InlineData("RANK= WORLD_SIZE=")] // empty is not set
    [InlineData("SLURM_JOB_ID=7 SLURM_NTASKS=8 SLURM_JOB_NODELIST=gpu[03-04]")] // a shell that salloc opened
    [InlineData("ENVIRONMENT=BATCH SLURM_PROCID=0 SLURM_NTASKS=8 SLURM_LOCALID=0 SLURM_JOB_ID=7 SLURM_JOB_NODELIST=gpu1")] // the script of sbatch
    public void A_process_that_no_launcher_started_is_alone(string variables) => Assert.Null(Read(variables));

    [Theory]
    [InlineData($"{Torchrun} {Slurm}", "torchrun")]
    [InlineData($"{OpenMpi} {Slurm}", "Open MPI")]
    [InlineData($"{Torchrun} {OpenMpi} {Slurm}", "torchrun")]
    public void The_inner_launcher_goes_before_the_one_that_started_it(string variables, string launcher) => Assert.Equal(launcher, Read(variables)!.Launcher);

    [Theory]
    [InlineData($"{Torchrun} TORCHELASTIC_USE_AGENT_STORE=False", "torchrun 3 of 4, local 1, at 10.0.0.1:29400")]
    [InlineData($"{Torchrun} TORCHELASTIC_USE_AGENT_STORE=True", "torchrun 3 of 4, local 1, at 10.0.0.1:30400")] // torchrun listens on its port itself
    [InlineData("RANK=0 WORLD_SIZE=1 LOCAL_RANK=0 MASTER_ADDR=a MASTER_PORT=65000 TORCHELASTIC_USE_AGENT_STORE=True", "torchrun 0 of 1, local 0, at a:64000")]
    [InlineData($"{Slurm} MASTER_ADDR=head MASTER_PORT=1234", "Slurm 5 of 8, local 1, at head:1234")]
    [InlineData($"{OpenMpi} MASTER_ADDR=head MASTER_PORT=1234", "Open MPI 1 of 2, local 1, at head:1234")]
    [InlineData($"{Slurm} SLURM_STEP_ID=2 SLURM_STEP_NUM_TASKS=6 SLURM_STEP_NODELIST=gpu9", "Slurm 5 of 6, local 1, at gpu9:23458")]
    public void What_says_more_goes_before_what_follows_from_it(string variables, string expected) => Assert.Equal(expected, Text(variables));

    [Theory]
    [InlineData("gpu7", "gpu7")]
    [InlineData("gpu7,gpu8", "gpu7")]
    [InlineData("gpu[7,9]", "gpu7")]
    [InlineData("gpu[007-012,15],login", "gpu007")]
    [InlineData("rack[2-3]n[04-05]-ib,other", "rack2n04-ib")]
    public void The_first_machine_of_a_list_has_rank_0(string list, string expected) => Assert.Equal(expected, HostList.First(list));

    [Theory]
    [InlineData("gpu[1-2", "'gpu[1-2' is no list of machines; expected names such as gpu[01-03,07].")]
    [InlineData("gpu[]", "'gpu[]' is no list of machines; expected names such as gpu[01-03,07].")]
    [InlineData(",gpu1", "',gpu1' names no machine first; expected names such as gpu[01-03,07].")]
    public void A_list_of_machines_that_is_none_is_refused(string list, string expected) =>
        Assert.Equal(expected, Assert.Throws<InvalidDataException>(() => HostList.First(list)).Message);

    [Theory]
    [InlineData("RANK=0", "RANK is set and WORLD_SIZE is not; expected both.")]
    [InlineData("WORLD_SIZE=2", "WORLD_SIZE is set and RANK is not; expected both.")]
    [InlineData("RANK=0 WORLD_SIZE=2", "RANK is set and LOCAL_RANK is not; expected both.")]
    [InlineData("RANK=0 WORLD_SIZE=2 LOCAL_RANK=0", "RANK is set and MASTER_ADDR is not; expected both.")]
    [InlineData("RANK=0 WORLD_SIZE=2 LOCAL_RANK=0 MASTER_ADDR=a", "RANK is set and MASTER_PORT is not; expected both.")]
    [InlineData("RANK=0 WORLD_SIZE=two", "WORLD_SIZE is 'two'; expected a whole number from 1 to 65536.")]
    [InlineData("RANK=-1 WORLD_SIZE=2", "RANK is '-1'; expected a whole number from 0 to 65535.")]
    [InlineData("RANK=2 WORLD_SIZE=2", "RANK is 2 and WORLD_SIZE is 2; expected RANK from 0 to 1.")]
    [InlineData("RANK=1 WORLD_SIZE=4 LOCAL_RANK=3", "LOCAL_RANK is 3 and RANK is 1; expected a local rank of at most 1: ranks of one machine are counted in their order.")]
    [InlineData("RANK=1 WORLD_SIZE=4 LOCAL_RANK=1 LOCAL_WORLD_SIZE=1", "LOCAL_RANK is 1 and LOCAL_WORLD_SIZE is 1; expected LOCAL_RANK from 0 to 0.")]
    [InlineData("RANK=0 WORLD_SIZE=2 LOCAL_RANK=0 MASTER_ADDR=a MASTER_PORT=70000", "MASTER_PORT is '70000'; expected a whole number from 1 to 65535.")]
    [InlineData("SLURM_PROCID=0 SLURM_LOCALID=0", "SLURM_PROCID is set and SLURM_NTASKS is not; expected both.")]
    [InlineData($"{Slurm} WORLD_SIZE=2", "WORLD_SIZE is 2 and Slurm has started 8 ranks; expected the same number.")]
    [InlineData("OMPI_COMM_WORLD_SIZE=2", "OMPI_COMM_WORLD_SIZE is set and OMPI_COMM_WORLD_RANK is not; expected both.")]
    [InlineData("OMPI_COMM_WORLD_RANK=3 OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_LOCAL_RANK=1 OMPI_COMM_WORLD_LOCAL_SIZE=2", "OMPI_COMM_WORLD_RANK is set and MASTER_ADDR is not; expected both.")]
    public void Half_of_the_variables_or_such_that_contradict_each_other_are_refused(string variables, string expected) =>
        Assert.Equal(expected, Assert.Throws<InvalidDataException>(() => Read(variables)).Message);

    [Fact]
    public void The_local_rank_chooses_the_card_unless_the_launcher_has_chosen_it()
    {
        Assert.Equal(1, Read(Torchrun)!.Card(cards: 2));
        Assert.Equal(0, Read($"{Slurm} CUDA_VISIBLE_DEVICES=6")!.Card(cards: 1));
        var error = Assert.Throws<InvalidOperationException>(() => Read($"{Torchrun} CUDA_VISIBLE_DEVICES=6")!.Card(cards: 1));
        Assert.Equal("Rank 3 is number 1 of its machine, counted from 0, and finds 1 CUDA devices; expected a device for each rank.", error.Message);
    }

    private static RankEnvironment? Read(string variables) =>
        RankEnvironment.Read(variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]));

    private static string Text(string variables) =>
        Read(variables) is var found && found is null ? "alone" : $"{found.Launcher} {found.Rank} of {found.WorldSize}, local {found.LocalRank}, at {found.Host}:{found.Port}";
}
