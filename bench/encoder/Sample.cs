/// <summary>One timed run.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="CpuSeconds">Processor time of all threads, which another program on the machine disturbs less.</param>
/// <param name="Check">Mean square of the output over the tokens that exist: the same number on both sides, or they do not compute the same.</param>
internal readonly record struct Sample(double Seconds, double CpuSeconds, double Check);
