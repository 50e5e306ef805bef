# Run by compare_computation: classInt's Fisher-Jenks on the data that bench_compute left.
library(classInt)
folder <- commandArgs(trailingOnly = TRUE)[1]
times <- read.csv2(file.path(folder, "times.csv"), header = FALSE, dec = ".", row.names = 1)

# Sum of the squared deviations from the means of the classes.
spread <- function(values, bounds) {
    class <- findInterval(values, bounds, rightmost.closed = TRUE)
    sum(tapply(values, class, function(members) sum((members - mean(members))^2)))
}

for (size in c("1255", "35000")) {
    values <- scan(file.path(folder, paste0("valeurs_", size, ".csv")), quiet = TRUE)
    ours <- scan(file.path(folder, paste0("bornes_", size, ".csv")), quiet = TRUE)
    best <- Inf
    for (run in seq_len(if (size == "1255") 7 else 1)) {
        used <- system.time(theirs <- classIntervals(values, 7, style = "fisher", largeN = Inf))
        best <- min(best, (used[["user.self"]] + used[["sys.self"]]) * 1e3)
    }
    # Its bounds lie halfway between two values.
    ratio <- spread(values, ours) / spread(values, theirs$brks)
    if (abs(ratio - 1) > 1e-9) stop("classInt : l'optimum diffère de Pacte (", ratio, ")")
    what <- paste("R classInt fisher, 7 classes of", size, "values")
    cat(sprintf("%-64s %9.2f ms   %6.1f times   same optimum\n", what, best,
                best / times[paste0("bornes_", size), 1]))
}
