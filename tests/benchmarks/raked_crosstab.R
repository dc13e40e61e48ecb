# A million responses raked to three targets and a crosstab with standard errors that know it, by R's survey package.
# Called as: Rscript raked_crosstab.R responses.csv targets.csv estimates.csv seconds.txt
suppressMessages(library(survey))
file <- commandArgs(trailingOnly = TRUE)
x <- read.csv(file[1], stringsAsFactors = TRUE)
x$age <- cut(x$age, c(18, 30, 45, 60, 75, Inf), right = FALSE, labels = c("18-29", "30-44", "45-59", "60-74", "75+"))
targets <- read.csv(file[2], stringsAsFactors = FALSE)
keys <- unique(targets$dimension)
known <- lapply(keys, function(key) {
  t <- targets[targets$dimension == key, ]
  setNames(data.frame(t$level, t$share * nrow(x)), c(key, "Freq"))
})
plain <- svydesign(ids = ~1, weights = rep(1, nrow(x)), data = x)
started <- proc.time()[["elapsed"]]
raked <- rake(plain, lapply(keys, function(key) as.formula(paste0("~", key))), known,
              control = list(maxit = 1000, epsilon = 1e-12 * nrow(x)))
found <- svyby(~answer, ~channel, raked, svymean)
taken <- proc.time()[["elapsed"]] - started
choices <- levels(x$answer)
rows <- do.call(rbind, lapply(seq_along(choices), function(at) data.frame(
  channel = found$channel, choice = choices[at], share = found[[paste0("answer", choices[at])]],
  se = SE(found)[[at]])))
write.csv(format(rows, digits = 15), file[3], row.names = FALSE, quote = FALSE)
writeLines(format(taken, digits = 6), file[4])
