/// <summary>What a process of either side says of a row.</summary>
/// <param name="Seconds">Wall time of all fits.</param>
/// <param name="Objectives">What was reached for each C.</param>
/// <param name="Selected">Number of coefficients that are not zero, for each C.</param>
/// <param name="PeakMemory">The most memory that the process ever held, GiB.</param>
internal sealed record Solution(double Seconds, double[] Objectives, int[] Selected, double PeakMemory);
