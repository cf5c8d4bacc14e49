/// <summary>What the device can do, as this process measures it.</summary>
/// <param name="Card">Its name.</param>
/// <param name="Libtorch">The version of libtorch.</param>
/// <param name="Float32">Operations a second of the fastest product in float32.</param>
/// <param name="BFloat16">The same in bfloat16.</param>
internal sealed record Ground(string Card, string Libtorch, double Float32, double BFloat16);
